import { Button, Stack, Text, TextInput } from "@mantine/core";
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
import { PhotoField } from "./PhotoField";

/** Name and number of the identity card; and photographs, where the API asks for them. */
export function VerifyForm() {
  const { t } = useTranslation("account");
  const { form, submit, busy, problems, asksPhotos } = useVerify();
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
        {asksPhotos && (
          <>
            <Text size="sm">{t("photosText")}</Text>
            <PhotoField
              label={t("photoCard")}
              part="CARD"
              error={form.values.cardPhotoId === null ? t("photoMissing") : null}
              taken={(id) => form.setFieldValue("cardPhotoId", id)}
            />
            <PhotoField
              label={t("photoPerson")}
              part="PERSON"
              error={form.values.personPhotoId === null ? t("photoMissing") : null}
              taken={(id) => form.setFieldValue("personPhotoId", id)}
            />
          </>
        )}
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("verify")}
        </Button>
      </Stack>
    </form>
  );
}

interface Values {
  name: string;
  number: string;
  cardPhotoId: string | null;
  personPhotoId: string | null;
}

/** Whether a problem says that photographs are missing. */
const isPhoto = ({ field }: Problem) => field === "cardPhotoId" || field === "personPhotoId";

function useVerify() {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(IdentityVerifyDocument, (data) => data.identityVerify);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [asksPhotos, setAsksPhotos] = useState(false);
  const form = useForm<Values>({
    initialValues: { name: "", number: "", cardPhotoId: null, personPhotoId: null },
    validate: {
      name: (value) => (fits(value, TEXT.realName) ? null : t("realNameWrong")),
      number: (value) => (isIdNumber(value) ? null : t("idNumberWrong")),
    },
  });
  const submit = form.onSubmit(async ({ name, number, ...photos }) => {
    const outcome = await run({ input: { name: name.trim(), number: number.trim().toUpperCase(), ...(asksPhotos && photos) } });
    const refused = outcome.problems ?? [];
    const first = !asksPhotos && refused.some(isPhoto);
    if (first) setAsksPhotos(true);
    setProblems(first ? [] : showIn(form, refused, say));
  });
  return { form, submit, busy, problems, asksPhotos };
}
