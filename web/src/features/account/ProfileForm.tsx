import { Button, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../lib/toast";
import { ProfileUpdateDocument, type MyProfileQuery } from "../../gql/profile";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** What others see of one, and the language of notices and mails. */
export function ProfileForm({ me }: { me: NonNullable<MyProfileQuery["me"]> }) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(ProfileUpdateDocument, (data) => data.profileUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { nickname: me.nickname, bio: me.bio, locale: me.locale },
    validate: {
      nickname: (value) => (fits(value, TEXT.nickname) ? null : t("nicknameWrong")),
      bio: (value) => (fits(value, TEXT.bio) ? null : t("bioWrong")),
    },
  });
  const submit = form.onSubmit(async (input) => {
    const outcome = await run({ input });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) toast({ color: "jade", message: t("profileSaved") });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          {...form.getInputProps("nickname")}
          label={t("nickname")}
          description={t("nicknameHint")}
          autoComplete="nickname"
          required
        />
        <Textarea {...form.getInputProps("bio")} label={t("bio")} description={t("bioHint")} autosize minRows={2} />
        <Select
          {...form.getInputProps("locale")}
          label={t("locale")}
          data={[
            { value: "ZH_CN", label: "中文" },
            { value: "EN", label: "English" },
          ]}
          allowDeselect={false}
        />
        <Problems of={problems} />
        <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
          {t("save")}
        </Button>
      </Stack>
    </form>
  );
}
