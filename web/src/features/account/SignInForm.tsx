import { Anchor, Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { SignInDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { CaptchaField } from "./CaptchaField";
import { useArrive } from "./useArrive";
import { useCaptcha } from "./useCaptcha";

/** Name or address, and password; a captcha and the second factor when the API asks for them. */
export function SignInForm() {
  const { t } = useTranslation("account");
  const { form, submit, busy, problems, captcha, asks } = useSignIn();
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput {...form.getInputProps("login")} label={t("login")} autoComplete="username" autoCapitalize="none" required autoFocus />
        <PasswordInput {...form.getInputProps("password")} label={t("password")} autoComplete="current-password" required />
        {asks.secondFactor && (
          <TextInput
            {...form.getInputProps("secondFactor")}
            label={t("secondFactor")}
            description={t("secondFactorHint")}
            autoComplete="one-time-code"
            autoFocus
            required
          />
        )}
        {asks.captcha && <CaptchaField captcha={captcha} input={form.getInputProps("captchaAnswer")} />}
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("signIn")}
        </Button>
        <Group justify="center">
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t("forgot")}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}

function useSignIn() {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(SignInDocument, (data) => data.userSignIn);
  const arrive = useArrive();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [asks, setAsks] = useState({ captcha: false, secondFactor: false });
  const captcha = useCaptcha(asks.captcha);
  const form = useForm({
    initialValues: { login: "", password: "", secondFactor: "", captchaAnswer: "" },
    validate: {
      login: (value) => (value.trim() === "" ? t("loginMissing") : null),
      password: (value) => (value === "" ? t("passwordMissing") : null),
      secondFactor: (value) => (asks.secondFactor && value.trim() === "" ? t("secondFactorMissing") : null),
      captchaAnswer: (value) => (asks.captcha && value.trim() === "" ? t("captchaMissing") : null),
    },
  });
  const submit = form.onSubmit(async ({ login, password, secondFactor, captchaAnswer }) => {
    const outcome = await run({
      input: {
        login,
        password,
        ...(asks.secondFactor ? { secondFactor: secondFactor.trim() } : {}),
        ...(asks.captcha && captcha.captcha ? { captchaId: captcha.captcha.id, captchaAnswer } : {}),
      },
    });
    if (outcome.done?.tokens) {
      await arrive(outcome.done.tokens);
      return;
    }
    setProblems(outcome.problems ?? []);
    const wants = (code: Problem["code"]) => outcome.problems?.some((problem) => problem.code === code) === true;
    setAsks({
      secondFactor: asks.secondFactor || wants("SECOND_FACTOR_REQUIRED"),
      captcha: asks.captcha || wants("CAPTCHA_REQUIRED"),
    });
    // A captcha is good for one answer.
    form.setFieldValue("captchaAnswer", "");
    if (asks.captcha) await captcha.renew();
  });
  return { form, submit, busy, problems, captcha, asks };
}
