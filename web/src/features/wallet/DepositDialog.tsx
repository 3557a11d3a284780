import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DepositCreateDocument } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { isBetween } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { Remedy } from "./Remedy";
import { useBounds, type Limits } from "./useBounds";
import { useForgetMoney } from "./useForgetMoney";

/** How much to pay in; then to the bank's page. */
export function DepositDialog({ close, limits }: { close: () => void; limits: Limits }) {
  const { t } = useTranslation("wallet");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const keyFor = useKeyFor();
  const forget = useForgetMoney();
  const bounds = useBounds(limits).deposit;
  const { depositLeast, depositMost } = limits;
  const { run, busy } = useAct(DepositCreateDocument, (data) => data.depositCreate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [waiting, setWaiting] = useState(false);
  const form = useForm({
    initialValues: { amount: "" },
    validate: { amount: (value) => (isBetween(value, depositLeast.amount, depositMost.amount) ? null : t("depositWrong", bounds)) },
  });
  const submit = form.onSubmit(async ({ amount }) => {
    const what = { amount: amount.trim() };
    const { done, problems: refused = [] } = await run({ input: { ...what, idempotencyKey: keyFor(what) } });
    setProblems(showIn(form, refused, say));
    if (!done) return;
    forget();
    const url = done.deposit?.checkoutUrl;
    if (url == null) setWaiting(true);
    else window.location.assign(url);
  });
  return (
    <Modal opened onClose={close} title={t("deposit")} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            {...form.getInputProps("amount")}
            label={t("amount")}
            description={t("depositHint", bounds)}
            inputMode="decimal"
            autoComplete="off"
            leftSection="¥"
            required
            data-autofocus
          />
          {waiting && <Text size="sm">{t("bankSilent")}</Text>}
          <Problems of={problems} />
          <Remedy problem={problems[0]} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("toBank")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
