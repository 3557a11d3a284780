import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SignInDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useArrive } from "./useArrive";

/** Name or address, and password. */
export function SignInForm() {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(SignInDocument, (data) => data.userSignIn);
  const arrive = useArrive();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { login: "", password: "" },
    validate: {
      login: (value) => (value.trim() === "" ? t("loginMissing") : null),
      password: (value) => (value === "" ? t("passwordMissing") : null),
    },
  });
  const submit = form.onSubmit(async (input) => {
    const outcome = await run({ input });
    setProblems(outcome.problems ?? []);
    if (outcome.done?.tokens) await arrive(outcome.done.tokens);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput {...form.getInputProps("login")} label={t("login")} autoComplete="username" autoCapitalize="none" required autoFocus />
        <PasswordInput {...form.getInputProps("password")} label={t("password")} autoComplete="current-password" required />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}
