import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  CaseAnswerDocument,
  CaseEvidenceAddDocument,
  CaseEvidenceDoneDocument,
  CaseWithdrawDocument,
  type CaseWholeFragment,
} from "../../gql/case";
import type { OrderSide } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import { AskButton } from "../../ui/AskButton";
import { StatementForm } from "../giving/StatementForm";
import { FindingPanel } from "./FindingPanel";
import { takesEvidence } from "./stand";
import { useCaseAct, useCaseStep } from "./useCaseAct";

interface PartProps {
  case_: CaseWholeFragment;
  side: OrderSide;
}

/** What a party of a case does: answers, proves, takes back, consents or not. */
export function PartyPart({ case_, side }: PartProps) {
  const { kind, state } = case_;
  const withdrawable = kind === "RECOVERY" && side === "BUYER" && (state === "AWAITING_ANSWER" || state === "IN_REVIEW");
  return (
    <>
      {case_.refusal?.finding != null && <FindingPanel case_={case_} side={side} />}
      {state === "AWAITING_ANSWER" && side === "SELLER" && <Answer case_={case_} />}
      {takesEvidence(case_, side) && <Prove case_={case_} />}
      {withdrawable && <Withdraw case_={case_} />}
    </>
  );
}

function Answer({ case_: { id } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { act, busy } = useCaseAct(CaseAnswerDocument, (data) => data.caseAnswer);
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Title order={2} fz="lg" mb="sm">
        {t("answer")}
      </Title>
      <StatementForm
        text={t("answerText")}
        label={t("whatHappened")}
        hint={t("bothRead")}
        doIt={t("answerSend")}
        busy={busy}
        send={(said) => act({ id, ...said })}
        done={() => undefined}
      />
    </Paper>
  );
}

function Prove({ case_: { id, kind } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { act, busy } = useCaseAct(CaseEvidenceAddDocument, (data) => data.caseEvidenceAdd);
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack>
        <Title order={2} fz="lg">
          {t("prove")}
        </Title>
        <StatementForm
          text={t(`proveText.${kind}`)}
          label={t("whatHappened")}
          hint={t("bothRead")}
          doIt={t("add")}
          busy={busy}
          send={(said) => act({ id, ...said })}
          done={() => undefined}
        />
        {kind === "RETURN" && <Done id={id} />}
      </Stack>
    </Paper>
  );
}

function Done({ id }: { id: string }) {
  const { t } = useTranslation("dispute");
  const { act } = useCaseStep(CaseEvidenceDoneDocument, (data) => data.caseEvidenceDone);
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed">
        {t("doneHint")}
      </Text>
      <AskButton
        label={t("done")}
        variant="default"
        title={t("doneTitle")}
        text={t("doneText")}
        act={async () => (await act({ id })).problems ?? []}
      />
    </Group>
  );
}

function Withdraw({ case_: { id, amount } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { money } = useFormat();
  const { act } = useCaseAct(CaseWithdrawDocument, (data) => data.caseWithdraw);
  return (
    <Group>
      <AskButton
        label={t("withdraw")}
        variant="subtle"
        color="red"
        title={t("withdrawTitle")}
        text={t("withdrawText", { amount: money(amount) })}
        act={async () => (await act({ id })).problems ?? []}
      />
    </Group>
  );
}
