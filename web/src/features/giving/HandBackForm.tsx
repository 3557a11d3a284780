import { Alert, Button, PasswordInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderHandBackDocument } from "../../gql/return";
import type { HandBackKind } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

const KINDS: readonly HandBackKind[] = ["CREDENTIALS", "AS_DELIVERED", "NEVER_GOT_IN"];

/** Hands an account back: with what it has now, or with a statement. */
export function HandBackForm({ order: { id } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("giving");
  const { t: words } = useTranslation("order");
  const { form, submit, busy, problems } = useHandBack(id);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Radio.Group {...form.getInputProps("kind")} label={t("how")} required>
          <Stack gap="xs" mt="xs">
            {KINDS.map((kind) => (
              <Radio key={kind} value={kind} label={t(`kind.${kind}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {form.values.kind === "CREDENTIALS" && (
          <>
            <Alert color="gray" icon={<IconLock />}>
              {t("sealed")}
            </Alert>
            <TextInput {...form.getInputProps("login")} label={words("login")} autoComplete="off" required />
            <PasswordInput {...form.getInputProps("password")} label={words("password")} autoComplete="off" required />
            <Textarea {...form.getInputProps("contacts")} label={words("contacts")} autosize minRows={2} />
            <Textarea {...form.getInputProps("notes")} label={words("notes")} autosize minRows={2} />
          </>
        )}
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("handBack")}
        </Button>
      </Stack>
    </form>
  );
}

function useHandBack(id: string) {
  const { t: words } = useTranslation("order");
  const say = useProblemWords();
  const { run, busy } = useAct(OrderHandBackDocument, (data) => data.orderHandBack);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { kind: "CREDENTIALS" as HandBackKind, login: "", password: "", contacts: "", notes: "" },
    validate: {
      login: (value, { kind }) => (kind !== "CREDENTIALS" || fits(value, TEXT.credential) ? null : words("loginWrong")),
      password: (value, { kind }) => (kind !== "CREDENTIALS" || fits(value, TEXT.credential) ? null : words("passwordWrong")),
      contacts: (value) => (fits(value, TEXT.contacts) ? null : words("contactsWrong")),
      notes: (value) => (fits(value, TEXT.notes) ? null : words("notesWrong")),
    },
  });
  const submit = form.onSubmit(async ({ kind, ...credentials }) => {
    const outcome = await run({ input: { id, kind, ...(kind === "CREDENTIALS" ? { credentials } : {}) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
  });
  return { form, submit, busy, problems };
}
