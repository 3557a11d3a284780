import { useQuery } from "@apollo/client/react";
import { Alert, Button, Group, Modal, Select, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PayoutAccountsDocument, WithdrawalRequestDocument, type PayoutAccountsQuery } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { isBetween } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Failure, Problems, useProblemWords } from "../../ui/States";
import { PayoutAccountForm } from "./PayoutAccountForm";
import { Remedy } from "./Remedy";
import { useBounds, type Limits } from "./useBounds";
import { useForgetMoney } from "./useForgetMoney";

interface WithdrawDialogProps {
  close: () => void;
  limits: Limits;
  /** Until when withdrawals wait. */
  waitUntil: string | null;
}

/** Takes money out to one of one's payout accounts; without one, adds it first. */
export function WithdrawDialog({ close, limits, waitUntil }: WithdrawDialogProps) {
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
        {accounts && accounts.length > 0 && <WithdrawForm accounts={accounts} limits={limits} close={close} />}
      </Stack>
    </Modal>
  );
}

interface WithdrawFormProps extends Pick<WithdrawDialogProps, "close" | "limits"> {
  accounts: NonNullable<PayoutAccountsQuery["payoutAccounts"]>;
}

function WithdrawForm({ accounts, limits, close }: WithdrawFormProps) {
  const { t } = useTranslation("wallet");
  const { form, submit, busy, problems } = useWithdraw(accounts[0]?.id ?? null, limits, close);
  const bounds = useBounds(limits).withdrawal;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          {...form.getInputProps("amount")}
          label={t("amount")}
          description={t("withdrawHint", bounds)}
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

function useWithdraw(first: string | null, limits: Limits, close: () => void) {
  const { t } = useTranslation("wallet");
  const { least, most } = useBounds(limits).withdrawal;
  const { withdrawalLeast, withdrawalDay } = limits;
  const say = useProblemWords();
  const keyFor = useKeyFor();
  const forget = useForgetMoney();
  const { run, busy } = useAct(WithdrawalRequestDocument, (data) => data.withdrawalRequest);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { amount: "", payoutAccountId: first },
    validate: {
      amount: (value) => (isBetween(value, withdrawalLeast.amount, withdrawalDay.amount) ? null : t("withdrawWrong", { least, most })),
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
