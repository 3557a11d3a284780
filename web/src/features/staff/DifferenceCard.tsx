import { Badge, Button, Code, Group, NativeSelect, Paper, Stack, Text } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  BankDifferenceAskDocument,
  BankDifferenceClaimDocument,
  BankDifferenceReleaseDocument,
  BankDifferenceResolveDocument,
  type DifferenceFragment,
} from "../../gql/bankDifference";
import type { BankDifferenceOutcome } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Pairs } from "../../ui/Pairs";
import { Problems } from "../../ui/States";
import { HoldBar } from "./HoldBar";
import { ReasonButton } from "./ReasonButton";

interface DifferenceCardProps {
  difference: DifferenceFragment;
  changed: () => unknown;
}

/** What both books say of one deposit or withdrawal, and what came of it. */
export function DifferenceCard({ difference, changed }: DifferenceCardProps) {
  const { t } = useTranslation("staff");
  const { money, moment } = useFormat();
  const { kind, subject, webhookId, ours, ourAmount, theirs, theirAmount, foundAt, resolvedAt, resolution } = difference;
  const said = (word: string | null, amount: typeof ourAmount) =>
    word === null ? t("nothing") : amount === null ? word : `${word} · ${money(amount)}`;
  return (
    <Paper withBorder p="md" component="article" aria-label={t(`difference.${kind}`)}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Text fw={600}>{t(`difference.${kind}`)}</Text>
            <Text size="sm" c="dimmed">
              {t(`differenceHint.${kind}`)}
            </Text>
          </div>
          <Badge variant="light" color={resolvedAt === null ? "orange" : "jade"}>
            {resolvedAt === null ? t("open") : t("resolved")}
          </Badge>
        </Group>
        <Pairs
          of={[
            [t("subject"), <Code className="written">{subject}</Code>],
            ...(webhookId === null ? [] : [[t("webhook"), <Code className="written">{webhookId}</Code>] as const]),
            [t("ourBook"), said(ours, ourAmount)],
            [t("bankBook"), said(theirs, theirAmount)],
            [t("foundAt"), moment(foundAt)],
            ...(resolvedAt === null ? [] : [[t("resolvedAt"), moment(resolvedAt)] as const]),
          ]}
        />
        {resolution !== null && (
          <Text size="sm" className="written">
            {resolution}
          </Text>
        )}
        {resolvedAt === null && <Care difference={difference} changed={changed} />}
      </Stack>
    </Paper>
  );
}

function Care({ difference: { id, kind, claimedBy }, changed }: DifferenceCardProps) {
  const { t } = useTranslation("staff");
  const claim = useAct(BankDifferenceClaimDocument, (data) => data.bankDifferenceClaim);
  const release = useAct(BankDifferenceReleaseDocument, (data) => data.bankDifferenceRelease);
  const ask = useAct(BankDifferenceAskDocument, (data) => data.bankDifferenceAsk);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const askBank = async () => {
    const outcome = await ask.run({ input: { id } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) await changed();
  };
  return (
    <HoldBar
      claimedBy={claimedBy}
      busy={claim.busy || release.busy}
      claim={() => claim.run({ input: { id } })}
      release={() => release.run({ input: { id } })}
      changed={changed}
    >
      <Problems of={problems} />
      <Group>
        <Button variant="light" leftSection={<IconRefresh size={18} />} loading={ask.busy} onClick={askBank}>
          {t("askBank")}
        </Button>
        <Resolve id={id} silent={kind === "SILENCE"} changed={changed} />
      </Group>
    </HoldBar>
  );
}

const OUTCOMES: readonly BankDifferenceOutcome[] = ["NOTED", "PAID", "FAILED"];

/** Says what it was. Only of a silent withdrawal an admin says where its money goes. */
function Resolve({ id, silent, changed }: { id: string; silent: boolean; changed: () => unknown }) {
  const { t } = useTranslation("staff");
  const keyFor = useKeyFor();
  const { run, busy } = useAct(BankDifferenceResolveDocument, (data) => data.bankDifferenceResolve);
  const [outcome, setOutcome] = useState<BankDifferenceOutcome>("NOTED");
  return (
    <ReasonButton
      label={t("resolve")}
      title={t("resolveTitle")}
      hint={t("forRecord")}
      busy={busy}
      act={(reason) => run({ input: { id, outcome, reason, idempotencyKey: keyFor({ id, outcome, reason }) } })}
      done={changed}
    >
      {silent && (
        <NativeSelect
          label={t("outcome")}
          description={t("waitsForSecond")}
          value={outcome}
          onChange={(event) => setOutcome(OUTCOMES.find((one) => one === event.currentTarget.value) ?? "NOTED")}
          data={OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        />
      )}
    </ReasonButton>
  );
}
