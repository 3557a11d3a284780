import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconSpeakerphone } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AnnouncementCreateDocument } from "../../gql/announcement";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { useKeyFor } from "../../lib/key";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** Announces something to everybody, in both languages. */
export function AnnounceDialog({ done }: { done: () => unknown }) {
  const { t } = useTranslation("staff");
  const { t: common } = useTranslation();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { form, submit, busy, problems } = useAnnounce(() => {
    close();
    return done();
  });
  return (
    <>
      <Button leftSection={<IconSpeakerphone size={18} />} onClick={() => setOpen(true)}>
        {t("announce")}
      </Button>
      <Modal opened={open} onClose={close} title={t("announce")} size="lg" closeButtonProps={{ "aria-label": common("close") }}>
        <form onSubmit={submit} noValidate>
          <Stack>
            <Text size="sm">{t("announceText")}</Text>
            <TextInput {...form.getInputProps("titleZh")} label={t("titleZh")} required data-autofocus />
            <Textarea {...form.getInputProps("textZh")} label={t("bodyZh")} autosize minRows={3} required />
            <TextInput {...form.getInputProps("titleEn")} label={t("titleEn")} required />
            <Textarea {...form.getInputProps("textEn")} label={t("bodyEn")} autosize minRows={3} required />
            <Problems of={problems} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {common("cancel")}
              </Button>
              <Button type="submit" loading={busy}>
                {t("announceToAll")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function useAnnounce(done: () => unknown) {
  const { t } = useTranslation("staff");
  const say = useProblemWords();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(AnnouncementCreateDocument, (data) => data.announcementCreate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const title = (value: string) => (fits(value, TEXT.announcementTitle) ? null : t("titleWrong"));
  const text = (value: string) => (fits(value, TEXT.announcement) ? null : t("bodyWrong"));
  const form = useForm({
    initialValues: { titleZh: "", textZh: "", titleEn: "", textEn: "" },
    validate: { titleZh: title, titleEn: title, textZh: text, textEn: text },
  });
  const submit = form.onSubmit(async (values) => {
    const outcome = await run({ input: { ...values, idempotencyKey: keyFor(values) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    await done();
  });
  return { form, submit, busy, problems };
}
