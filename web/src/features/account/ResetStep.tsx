import { Alert, Anchor, Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../lib/toast";
import { useNavigate } from "react-router";
import { PasswordResetDocument } from "../../gql/reset";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { isPassword } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { CodeField } from "./CodeField";

interface ResetStepProps {
  email: string;
  /** To another address, or a new code. */
  back: () => void;
}

/** The code from the mail and a new password in the place of the forgotten one. */
export function ResetStep({ email, back }: ResetStepProps) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const navigate = useNavigate();
  const { run, busy } = useAct(PasswordResetDocument, (data) => data.passwordReset);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { code: "", newPassword: "" },
    validate: {
      code: (value) => (/^\d{6}$/.test(value) ? null : t("codeWrong")),
      newPassword: (value) => (isPassword(value) ? null : t("passwordWrong")),
    },
  });
  const submit = form.onSubmit(async (values) => {
    const outcome = await run({ input: { ...values, email } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    toast({ color: "jade", message: t("resetDone") });
    await navigate("/sign-in", { replace: true });
  });
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
        <PasswordInput
          {...form.getInputProps("newPassword")}
          label={t("newPassword")}
          description={t("passwordHint")}
          autoComplete="new-password"
          required
        />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("setPassword")}
        </Button>
      </Stack>
    </form>
  );
}
