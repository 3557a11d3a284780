import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import { isBetween } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { AmountField } from "./AmountField";

interface MoneyDialogProps {
  title: string;
  text: string;
  doIt: string;
  /** What the amount is before anybody types. */
  amount?: string;
  /** Least and most, in yuan. */
  limits: readonly [string, string];
  opened: boolean;
  busy: boolean;
  close: () => void;
  send: (what: { amount: string; reason: string }) => Promise<Outcome<unknown>>;
  done: () => unknown;
}

/** An amount and the reason for it. */
export function MoneyDialog({ title, text, doIt, amount = "", limits, opened, busy, close, send, done }: MoneyDialogProps) {
  const { t } = useTranslation("staff");
  const { t: review } = useTranslation("review");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { amount, reason: "" },
    validate: {
      amount: (value) => (isBetween(value, ...limits) ? null : t("amountWrong")),
      reason: (value) => (fits(value, TEXT.reason) ? null : review("reasonWrong")),
    },
  });
  const submit = form.onSubmit(async (values) => {
    const outcome = await send({ amount: values.amount.trim(), reason: values.reason });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    close();
    await done();
  });
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{text}</Text>
          <AmountField {...form.getInputProps("amount")} label={t("amount")} data-autofocus />
          <Textarea {...form.getInputProps("reason")} label={review("reason")} description={t("forRecord")} autosize minRows={2} required />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {doIt}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
