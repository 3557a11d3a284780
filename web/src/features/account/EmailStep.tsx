import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { CaptchaField } from "./CaptchaField";
import { useCaptcha } from "./useCaptcha";

interface Ask {
  email: string;
  captchaId: string;
  captchaAnswer: string;
}

interface EmailStepProps {
  email: string;
  /** Asks the API to mail a code. */
  request: (input: Ask) => Promise<Outcome<unknown>>;
  busy: boolean;
  sent: (email: string) => void;
}

/** An address, and a captcha before a code is mailed there. */
export function EmailStep({ email, request, busy, sent }: EmailStepProps) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const captcha = useCaptcha(true);
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
    const outcome = await request({ ...values, captchaId: captcha.captcha.id });
    if (!outcome.problems) {
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
