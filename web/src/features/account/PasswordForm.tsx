import { Button, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../lib/toast";
import { PasswordChangeDocument } from "../../gql/security";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { isPassword } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** Another password; all other sessions end. */
export function PasswordForm() {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(PasswordChangeDocument, (data) => data.passwordChange);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { oldPassword: "", newPassword: "" },
    validate: {
      oldPassword: (value) => (value === "" ? t("passwordMissing") : null),
      newPassword: (value) => (isPassword(value) ? null : t("passwordWrong")),
    },
  });
  const submit = form.onSubmit(async (input) => {
    const outcome = await run({ input });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    toast({ color: "jade", message: t("passwordChanged") });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <PasswordInput {...form.getInputProps("oldPassword")} label={t("oldPassword")} autoComplete="current-password" required />
        <PasswordInput
          {...form.getInputProps("newPassword")}
          label={t("newPassword")}
          description={t("passwordHint")}
          autoComplete="new-password"
          required
        />
        <Problems of={problems} />
        <Button type="submit" variant="light" loading={busy} style={{ alignSelf: "flex-start" }}>
          {t("changePassword")}
        </Button>
      </Stack>
    </form>
  );
}
