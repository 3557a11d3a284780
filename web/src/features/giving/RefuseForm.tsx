import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderReturnRefuseDocument } from "../../gql/return";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { EVIDENCE_IMAGES, fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { IMAGE_TYPES } from "../../lib/upload";
import { Problems, useProblemWords } from "../../ui/States";
import { UploadTile } from "../selling/UploadTile";
import { useUploads } from "../selling/useUploads";

/** Refuses a return, with evidence in words and pictures. */
export function RefuseForm({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation("giving");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const images = useUploads("EVIDENCE", EVIDENCE_IMAGES);
  const { run, busy } = useAct(OrderReturnRefuseDocument, (data) => data.orderReturnRefuse);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { text: "" },
    validate: { text: (value) => (fits(value, TEXT.evidence) ? null : t("evidenceWrong")) },
  });
  const submit = form.onSubmit(async ({ text }) => {
    const imageIds = images.uploads.flatMap(({ image }) => (image ? [image.id] : []));
    const outcome = await run({ input: { id, text, imageIds } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) close();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("refuseText")}</Text>
        <Textarea {...form.getInputProps("text")} label={t("evidence")} description={t("evidenceHint")} autosize minRows={4} required />
        {images.uploads.length > 0 && (
          <Group gap="sm">
            {images.uploads.map((upload) => (
              <UploadTile key={upload.key} upload={upload} remove={images.remove} />
            ))}
          </Group>
        )}
        <FileButton multiple accept={IMAGE_TYPES.join(",")} onChange={(files) => void images.add(files)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPhoto size={18} />} disabled={images.uploads.length >= EVIDENCE_IMAGES}>
              {t("addImages")}
            </Button>
          )}
        </FileButton>
        <Problems of={problems} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {common("cancel")}
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={images.busy}>
            {t("refuse")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
