import { useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Modal, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PayoutAccountsDocument, WithdrawalRequestDocument, type PayoutAccountsQuery } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { isWithin } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { WITHDRAWAL } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Failure, Problems, useProblemWords } from "../../ui/States";
import { PayoutAccountForm } from "./PayoutAccountForm";
import { Remedy } from "./Remedy";
import { useForgetMoney } from "./useForgetMoney";

interface WithdrawDialogProps {
  close: () => void;
  /** Until when withdrawals wait. */
  waitUntil: string | null;
}

/** Takes money out to one of one's payout accounts; without one, adds it first. */
export function WithdrawDialog({ close, waitUntil }: WithdrawDialogProps) {
  const { t } = useTranslation("wallet");
  const { t: common } = useTranslation();
  const { moment } = useFormat();
  const { data, error, refetch } = useQuery(PayoutAccountsDocument);
  const accounts = data?.payoutAccounts;
  return (
    <Modal opened onClose={close} title={t("withdraw")} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        {waitUntil !== null && (
          <Alert color="orange" icon={<IconClock />}>
            {t("waitUntil", { at: moment(waitUntil) })}
          </Alert>
        )}
        {!accounts && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={120} />)}
        {accounts?.length === 0 && <PayoutAccountForm added={() => refetch()} />}
        {accounts && accounts.length > 0 && <WithdrawForm accounts={accounts} close={close} />}
      </Stack>
    </Modal>
  );
}

function WithdrawForm({ accounts, close }: { accounts: NonNullable<PayoutAccountsQuery["payoutAccounts"]>; close: () => void }) {
  const { t } = useTranslation("wallet");
  const { form, submit, busy, problems } = useWithdraw(accounts[0]?.id ?? null, close);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          {...form.getInputProps("amount")}
          label={t("amount")}
          description={t("withdrawHint")}
          inputMode="decimal"
          autoComplete="off"
          leftSection="¥"
          required
          data-autofocus
        />
        <Select
          {...form.getInputProps("payoutAccountId")}
          label={t("payoutAccount")}
          data={accounts.map(({ id, lastFour }) => ({ value: id, label: t("ending", { lastFour }) }))}
          allowDeselect={false}
          required
        />
        <Problems of={problems} />
        <Remedy problem={problems[0]} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t("withdraw")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useWithdraw(first: string | null, close: () => void) {
  const { t } = useTranslation("wallet");
  const say = useProblemWords();
  const keyFor = useKeyFor();
  const forget = useForgetMoney();
  const { run, busy } = useAct(WithdrawalRequestDocument, (data) => data.withdrawalRequest);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { amount: "", payoutAccountId: first },
    validate: {
      amount: (value) => (isWithin(value, ...WITHDRAWAL) ? null : t("withdrawWrong")),
      payoutAccountId: (value) => (value === null ? t("payoutAccountMissing") : null),
    },
  });
  const submit = form.onSubmit(async ({ amount, payoutAccountId }) => {
    if (payoutAccountId === null) return;
    const what = { amount: amount.trim(), payoutAccountId };
    const outcome = await run({ input: { ...what, idempotencyKey: keyFor(what) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    forget();
    close();
  });
  return { form, submit, busy, problems };
}
