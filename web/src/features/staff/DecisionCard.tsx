import { Badge, Code, Group, Paper, Stack, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  MoneyDecisionApproveDocument,
  MoneyDecisionClaimDocument,
  MoneyDecisionRefuseDocument,
  MoneyDecisionReleaseDocument,
  type DecisionFragment,
} from "../../gql/staffMoney";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { AskButton } from "../../ui/AskButton";
import { HoldBar } from "./HoldBar";
import { PersonLink } from "./PersonLink";
import { ReasonButton } from "./ReasonButton";

const COLOURS = { OPEN: "orange", DONE: "jade", REFUSED: "red", VOID: "gray" } as const;

interface DecisionCardProps {
  decision: DecisionFragment;
  changed: () => unknown;
}

/** What one admin proposed about money, and what the other says of it. */
export function DecisionCard({ decision, changed }: DecisionCardProps) {
  const { t } = useTranslation("staff");
  const { money, moment } = useFormat();
  const { kind, amount, debt, difference, reason, state, proposedBy, proposedByYou, proposedAt, voidAt, decidedBy, decidedAt, refusal } =
    decision;
  return (
    <Paper withBorder p="md" component="article" aria-label={t(`decision.${kind}`)}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            <Text fw={600}>{t(`decision.${kind}`)}</Text>
            <Text size="sm" c="dimmed">
              {t("proposedBy", { name: proposedBy.nickname, at: moment(proposedAt) })}
            </Text>
          </div>
          <Stack gap={4} align="flex-end" style={{ flexShrink: 0 }}>
            <Text fw={700} fz="lg" style={{ whiteSpace: "nowrap" }}>
              {money(amount)}
            </Text>
            <Badge variant="light" color={COLOURS[state]}>
              {t(`decisionState.${state}`)}
            </Badge>
          </Stack>
        </Group>
        {debt && (
          <PersonLink user={debt.debtor} below={t("owes", { amount: money(debt.remaining), to: debt.creditor?.nickname ?? "Handover" })} />
        )}
        {difference && <Code className="written">{difference.subject}</Code>}
        <Text size="sm" className="written">
          {reason}
        </Text>
        {decidedBy !== null && decidedAt !== null && (
          <Text size="sm" c="dimmed">
            {t("decidedBy", { name: decidedBy.nickname, at: moment(decidedAt) })}
          </Text>
        )}
        {refusal !== null && (
          <Text size="sm" className="written">
            {refusal}
          </Text>
        )}
        {state === "OPEN" && voidAt !== null && (
          <Text size="sm" c="dimmed">
            {t("voidAt", { at: moment(voidAt) })}
          </Text>
        )}
        {state === "OPEN" &&
          (proposedByYou ? (
            <Text size="sm" c="dimmed">
              {t("anotherDecides")}
            </Text>
          ) : (
            <Second decision={decision} changed={changed} />
          ))}
      </Stack>
    </Paper>
  );
}

function Second({ decision: { id, kind, amount, claimedBy }, changed }: DecisionCardProps) {
  const { t } = useTranslation("staff");
  const { t: review } = useTranslation("review");
  const { money } = useFormat();
  const keyFor = useKeyFor();
  const approval = useAct(MoneyDecisionApproveDocument, (data) => data.moneyDecisionApprove);
  const claim = useAct(MoneyDecisionClaimDocument, (data) => data.moneyDecisionClaim);
  const release = useAct(MoneyDecisionReleaseDocument, (data) => data.moneyDecisionRelease);
  const refusal = useAct(MoneyDecisionRefuseDocument, (data) => data.moneyDecisionRefuse);
  const approve = async () => {
    const outcome = await approval.run({ input: { id, idempotencyKey: keyFor(id) } });
    if (outcome.done) await changed();
    return outcome.problems ?? [];
  };
  return (
    <HoldBar
      claimedBy={claimedBy}
      busy={claim.busy || release.busy}
      claim={() => claim.run({ input: { id } })}
      release={() => release.run({ input: { id } })}
      changed={changed}
    >
      <Group>
        <AskButton
          label={review("approve")}
          leftSection={<IconCheck size={18} />}
          title={t("approveTitle")}
          text={t(`approveText.${kind}`, { amount: money(amount) })}
          act={approve}
        />
        <ReasonButton
          label={t("refuse")}
          variant="light"
          color="red"
          leftSection={<IconX size={18} />}
          title={t("refuseTitle")}
          hint={t("refuseHint")}
          busy={refusal.busy}
          act={(reason) => refusal.run({ input: { id, reason, idempotencyKey: keyFor({ id, reason }) } })}
          done={changed}
        />
      </Group>
    </HoldBar>
  );
}
