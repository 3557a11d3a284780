import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SignUpDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, isPassword, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { currentLocale } from "../../lib/words";
import { Problems, useProblemWords } from "../../ui/States";
import { CodeField } from "./CodeField";
import { useArrive } from "./useArrive";

interface ChooseStepProps {
  email: string;
  back: () => void;
}

/** The second step of signing up: the code from the mail, a name and a password. */
export function ChooseStep({ email, back }: ChooseStepProps) {
  const { t } = useTranslation("account");
  const { form, submit, problems, busy } = useSignUp(email);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Alert icon={<IconMail />} color="jade">
          {t("codeSent", { email })}{" "}
          <Anchor component="button" type="button" onClick={back}>
            {t("codeAgain")}
          </Anchor>
        </Alert>
        <CodeField input={form.getInputProps("code")} />
        <TextInput
          {...form.getInputProps("username")}
          label={t("username")}
          description={t("usernameHint")}
          autoComplete="username"
          autoCapitalize="none"
          required
        />
        <PasswordInput
          {...form.getInputProps("password")}
          label={t("password")}
          description={t("passwordHint")}
          autoComplete="new-password"
          required
        />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("signUp")}
        </Button>
        <Text size="xs" c="dimmed" ta="center">
          {t("usernamePrivate")}
        </Text>
      </Stack>
    </form>
  );
}

function useSignUp(email: string) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const arrive = useArrive();
  const { run, busy } = useAct(SignUpDocument, (data) => data.userSignUp);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { code: "", username: "", password: "" },
    validate: {
      code: (value) => (/^\d{6}$/.test(value) ? null : t("codeWrong")),
      username: (value) => (/^[\p{L}\p{N}_]+$/u.test(value.trim()) && fits(value, TEXT.username) ? null : t("usernameWrong")),
      password: (value) => (isPassword(value) ? null : t("passwordWrong")),
    },
  });
  const submit = form.onSubmit(async (values) => {
    const locale = currentLocale() === "zh-CN" ? "ZH_CN" : "EN";
    const outcome = await run({ input: { ...values, email, locale } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done?.tokens) await arrive(outcome.done.tokens);
  });
  return { form, submit, problems, busy };
}
