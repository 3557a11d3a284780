import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmailCodeRequestDocument } from "../../gql/account";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { CaptchaField } from "./CaptchaField";
import { useCaptcha } from "./useCaptcha";

interface EmailStepProps {
  email: string;
  sent: (email: string) => void;
}

/** The first step of signing up: an address, and a captcha before a code is mailed there. */
export function EmailStep({ email, sent }: EmailStepProps) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const captcha = useCaptcha(true);
  const { run, busy } = useAct(EmailCodeRequestDocument, (data) => data.emailCodeRequest);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { email, captchaAnswer: "" },
    validate: {
      email: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) && value.length <= 254 ? null : t("emailWrong")),
      captchaAnswer: (value) => (value.trim() === "" ? t("captchaMissing") : null),
    },
  });
  const submit = form.onSubmit(async (values) => {
    if (!captcha.captcha) return;
    const outcome = await run({ input: { ...values, captchaId: captcha.captcha.id } });
    if (outcome.done) {
      sent(values.email);
      return;
    }
    // It was good for this one answer.
    form.setFieldValue("captchaAnswer", "");
    setProblems(showIn(form, outcome.problems, say));
    await captcha.renew();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput {...form.getInputProps("email")} type="email" label={t("email")} autoComplete="email" required autoFocus />
        <CaptchaField captcha={captcha} input={form.getInputProps("captchaAnswer")} />
        <Problems of={problems} />
        <Button type="submit" loading={busy} disabled={!captcha.captcha}>
          {t("sendCode")}
        </Button>
      </Stack>
    </form>
  );
}
