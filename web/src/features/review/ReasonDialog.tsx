import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

interface ReasonDialogProps {
  title: string;
  /** Who reads the reason. */
  hint: string;
  /** What it means, in words. */
  text?: ReactNode;
  /** What to press in order to do it; to reject unless said. */
  doIt?: string;
  color?: string;
  opened: boolean;
  busy: boolean;
  send: (reason: string) => Promise<Outcome<unknown>>;
  close: () => void;
  decided: () => unknown;
  /** What else there is to say, above the reason. */
  children?: ReactNode;
}

/** Why something is decided so; whoever it is about reads this. */
export function ReasonDialog({ title, hint, text, doIt, color = "red", opened, busy, send, close, decided, children }: ReasonDialogProps) {
  const { t } = useTranslation("review");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (value) => (fits(value, TEXT.reason) ? null : t("reasonWrong")) },
  });
  const leave = () => {
    setProblems([]);
    close();
  };
  const submit = form.onSubmit(async ({ reason }) => {
    const outcome = await send(reason);
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    close();
    await decided();
  });
  return (
    <Modal opened={opened} onClose={leave} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {text !== undefined && <Text size="sm">{text}</Text>}
          {children}
          <Textarea {...form.getInputProps("reason")} label={t("reason")} description={hint} autosize minRows={3} required data-autofocus />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {common("cancel")}
            </Button>
            <Button type="submit" color={color} loading={busy}>
              {doIt ?? t("reject")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
