import { Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import { showIn } from "../../lib/form";
import { EVIDENCE_IMAGES, fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { IMAGE_TYPES } from "../../lib/upload";
import { Problems, useProblemWords } from "../../ui/States";
import { UploadTile } from "../selling/UploadTile";
import { useUploads } from "../selling/useUploads";

/** What somebody says and shows. */
export interface Statement {
  text: string;
  imageIds: string[];
}

interface StatementFormProps {
  /** What it means, in words. */
  text: string;
  label: string;
  hint: string;
  doIt: string;
  color?: string;
  images?: number;
  busy: boolean;
  send: (said: Statement) => Promise<Outcome<unknown>>;
  done: () => unknown;
  cancel?: () => void;
}

/** Something to prove, in words and pictures. What was sent cannot be changed. */
export function StatementForm({ text, label, hint, doIt, color = "jade", images: most = EVIDENCE_IMAGES, ...rest }: StatementFormProps) {
  const { busy, send, done, cancel } = rest;
  const { t } = useTranslation("giving");
  const { t: common } = useTranslation();
  const { form, submit, images, problems } = useStatement(most, send, done);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{text}</Text>
        <Textarea {...form.getInputProps("text")} label={label} description={hint} autosize minRows={4} required />
        {images.uploads.length > 0 && (
          <Group gap="sm">
            {images.uploads.map((upload) => (
              <UploadTile key={upload.key} upload={upload} remove={images.remove} />
            ))}
          </Group>
        )}
        <Group>
          <FileButton multiple accept={IMAGE_TYPES.join(",")} onChange={(files) => void images.add(files)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconPhoto size={18} />} disabled={images.uploads.length >= most}>
                {t("addImages")}
              </Button>
            )}
          </FileButton>
        </Group>
        <Problems of={problems} />
        <Group justify="flex-end">
          {cancel && (
            <Button variant="default" onClick={cancel}>
              {common("cancel")}
            </Button>
          )}
          <Button type="submit" color={color} loading={busy} disabled={images.busy}>
            {doIt}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useStatement(most: number, send: StatementFormProps["send"], done: () => unknown) {
  const { t } = useTranslation("giving");
  const { t: selling } = useTranslation("selling");
  const say = useProblemWords();
  const images = useUploads("EVIDENCE", most);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { text: "" },
    validate: { text: (value) => (fits(value, TEXT.evidence) ? null : t("evidenceWrong")) },
  });
  const submit = form.onSubmit(async ({ text }) => {
    if (images.failed) {
      setProblems([{ code: "IMAGE_REFUSED", message: selling("imagesFailed") }]);
      return;
    }
    const imageIds = images.uploads.flatMap(({ image }) => (image ? [image.id] : []));
    const outcome = await send({ text, imageIds });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    form.reset();
    images.clear();
    await done();
  });
  return { form, submit, images, problems };
}
