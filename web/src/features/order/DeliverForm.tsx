import { Alert, Button, PasswordInput, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderDeliverDocument, type OrderWholeFragment } from "../../gql/order";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

interface DeliverFormProps {
  order: OrderWholeFragment;
  done: () => void;
}

/** What the seller hands over. A second time it is a correction. */
export function DeliverForm({ order: { id, state }, done }: DeliverFormProps) {
  const { t } = useTranslation("order");
  const say = useProblemWords();
  const { run, busy } = useAct(OrderDeliverDocument, (data) => data.orderDeliver);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { login: "", password: "", contacts: "", notes: "" },
    validate: {
      login: (value) => (fits(value, TEXT.credential) ? null : t("loginWrong")),
      password: (value) => (fits(value, TEXT.credential) ? null : t("passwordWrong")),
      contacts: (value) => (fits(value, TEXT.contacts) ? null : t("contactsWrong")),
      notes: (value) => (fits(value, TEXT.notes) ? null : t("notesWrong")),
    },
  });
  const submit = form.onSubmit(async (values) => {
    const outcome = await run({ input: { id, ...values } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    done();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Alert color="gray" icon={<IconLock />}>
          {state === "PAID" ? t("deliverHint") : t("correctHint")}
        </Alert>
        <TextInput {...form.getInputProps("login")} label={t("login")} autoComplete="off" required />
        <PasswordInput {...form.getInputProps("password")} label={t("password")} autoComplete="off" required />
        <Textarea {...form.getInputProps("contacts")} label={t("contacts")} description={t("contactsHint")} autosize minRows={2} />
        <Textarea {...form.getInputProps("notes")} label={t("notes")} description={t("notesHint")} autosize minRows={2} />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {state === "PAID" ? t("deliver") : t("correct")}
        </Button>
      </Stack>
    </form>
  );
}
