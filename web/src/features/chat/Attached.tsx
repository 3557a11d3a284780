import { ActionIcon, FileButton, Group } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { IMAGE_TYPES } from "../../lib/upload";
import { UploadTile } from "../selling/UploadTile";
import type { useUploadsOn } from "../selling/useUploads";
import classes from "./Chat.module.css";

/** The pictures that go with the next message. */
export function Attached({ images }: { images: ReturnType<typeof useUploadsOn> }) {
  if (images.uploads.length === 0) return null;
  return (
    <Group className={classes.attached} gap="sm">
      {images.uploads.map((upload) => (
        <UploadTile key={upload.key} upload={upload} remove={images.remove} />
      ))}
    </Group>
  );
}

/** Chooses pictures to send. */
export function AttachButton({ add, full }: { add: (files: readonly File[]) => Promise<void>; full: boolean }) {
  const { t } = useTranslation("chat");
  return (
    <FileButton multiple accept={IMAGE_TYPES.join(",")} onChange={(files) => void add(files)} disabled={full}>
      {(props) => (
        <ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label={t("attach")} title={t("attach")} disabled={full}>
          <IconPhoto size={20} stroke={1.6} />
        </ActionIcon>
      )}
    </FileButton>
  );
}
