import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IdentityVerifyDocument } from "../../gql/centre";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { isIdNumber } from "../../lib/idNumber";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** Name and number of the identity card. */
export function VerifyForm() {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(IdentityVerifyDocument, (data) => data.identityVerify);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { name: "", number: "" },
    validate: {
      name: (value) => (fits(value, TEXT.realName) ? null : t("realNameWrong")),
      number: (value) => (isIdNumber(value) ? null : t("idNumberWrong")),
    },
  });
  const submit = form.onSubmit(async ({ name, number }) => {
    const outcome = await run({ input: { name: name.trim(), number: number.trim().toUpperCase() } });
    setProblems(showIn(form, outcome.problems ?? [], say));
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput {...form.getInputProps("name")} label={t("realName")} autoComplete="off" required />
        <TextInput
          {...form.getInputProps("number")}
          label={t("idNumber")}
          description={t("idNumberHint")}
          autoComplete="off"
          maxLength={18}
          required
        />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("verify")}
        </Button>
      </Stack>
    </form>
  );
}
