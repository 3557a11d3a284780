import { Alert, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DebtRowFragment } from "../../gql/debt";
import { DebtAdvanceDocument, DebtWriteOffDocument, type DecisionFragment } from "../../gql/staffMoney";
import { useAct, type Outcome } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { useMe } from "../account/useMe";
import { MoneyDialog } from "./MoneyDialog";
import { PersonLink } from "./PersonLink";
import { ReasonButton } from "./ReasonButton";

interface DebtCardProps {
  debt: DebtRowFragment;
  changed: () => unknown;
}

/** What somebody owes, how it became less, and what an admin can do about it. */
export function DebtCard({ debt, changed }: DebtCardProps) {
  const { t } = useTranslation("staff");
  const { t: wallet } = useTranslation("wallet");
  const { money, moment } = useFormat();
  const { debtor, creditor, cause, amount, remaining, createdAt, endedAt, changes } = debt;
  const me = useMe()?.id;
  const own = debtor.id === me || creditor?.id === me;
  return (
    <Paper withBorder p="md" component="article" aria-label={debtor.nickname}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <PersonLink user={debtor} below={moment(createdAt)} />
          <Stack gap={2} align="flex-end" style={{ flexShrink: 0 }}>
            <Text fw={700} fz="lg">
              {money(remaining)}
            </Text>
            <Text size="xs" c="dimmed">
              {wallet("debtOf", { amount: money(amount) })}
            </Text>
          </Stack>
        </Group>
        <Group gap="xs">
          <Badge variant="light" color="gray">
            {t(`causes.${cause}`)}
          </Badge>
          <Text size="sm">{creditor === null ? t("owedToPlatform") : t("owedTo", { name: creditor.nickname })}</Text>
        </Group>
        {changes.length > 0 && (
          <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: "none" }}>
            {changes.map(({ kind, amount: part, at }) => (
              <Group key={`${kind}${at}`} component="li" justify="space-between" wrap="nowrap">
                <Text size="xs" c="dimmed">
                  {moment(at)} · {wallet(`debtChange.${kind}`)}
                </Text>
                <Text size="xs">{money(part)}</Text>
              </Group>
            ))}
          </Stack>
        )}
        {endedAt !== null && (
          <Badge color="jade" variant="light">
            {wallet("debtEnded")}
          </Badge>
        )}
        {endedAt === null &&
          (own ? (
            <Text size="sm" c="dimmed">
              {t("ownMatter")}
            </Text>
          ) : (
            <Care debt={debt} changed={changed} />
          ))}
      </Stack>
    </Paper>
  );
}

/** A debt to a user can be advanced, one to the platform written off. */
function Care({ debt: { id, creditor, remaining }, changed }: DebtCardProps) {
  const { t } = useTranslation("staff");
  const { money } = useFormat();
  const keyFor = useKeyFor();
  const advance = useAct(DebtAdvanceDocument, (data) => data.debtAdvance);
  const writeOff = useAct(DebtWriteOffDocument, (data) => data.debtWriteOff);
  const [advancing, setAdvancing] = useState(false);
  const [decision, setDecision] = useState<DecisionFragment>();
  const heard = <O extends Outcome<{ decision: DecisionFragment | null }>>(outcome: O) => {
    if (outcome.done?.decision) setDecision(outcome.done.decision);
    return outcome;
  };
  return (
    <>
      {decision?.state === "OPEN" && (
        <Alert color="orange" icon={<IconHourglass />}>
          {t("waitsForSecond")}
        </Alert>
      )}
      <Group justify="flex-end">
        {creditor === null ? (
          <ReasonButton
            label={t("writeOff")}
            variant="light"
            color="red"
            size="xs"
            title={t("writeOffTitle")}
            text={t("writeOffText", { amount: money(remaining) })}
            hint={t("forRecord")}
            busy={writeOff.busy}
            act={async (reason) => heard(await writeOff.run({ input: { debtId: id, reason, idempotencyKey: keyFor({ id, reason }) } }))}
            done={changed}
          />
        ) : (
          <Button variant="light" size="xs" onClick={() => setAdvancing(true)}>
            {t("advance")}
          </Button>
        )}
      </Group>
      <MoneyDialog
        title={t("advanceTitle")}
        text={t("advanceText", { name: creditor?.nickname ?? "", amount: money(remaining) })}
        doIt={t("advance")}
        amount={remaining.amount}
        limits={["0.01", remaining.amount]}
        opened={advancing}
        busy={advance.busy}
        close={() => setAdvancing(false)}
        send={async (what) => heard(await advance.run({ input: { debtId: id, ...what, idempotencyKey: keyFor({ id, ...what }) } }))}
        done={changed}
      />
    </>
  );
}
