import { Alert, Group, Input, Stack, Text } from "@mantine/core";
import { Dropzone, type FileRejection } from "@mantine/dropzone";
import "@mantine/dropzone/styles.css";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IMAGES } from "../../lib/limits";
import { IMAGE_BYTES, IMAGE_TYPES } from "../../lib/upload";
import { UploadTile } from "./UploadTile";
import type { useUploads } from "./useUploads";

interface ImagesFieldProps {
  images: ReturnType<typeof useUploads>;
  error: string | null;
}

/** Pictures, dropped or chosen; the first is the cover. */
export function ImagesField({ images, error }: ImagesFieldProps) {
  const { t } = useTranslation("selling");
  const [rejected, setRejected] = useState<readonly FileRejection[]>([]);
  const { uploads } = images;
  const full = uploads.length >= IMAGES;
  const drop = (files: File[]) => {
    setRejected([]);
    void images.add(files);
  };
  return (
    <Input.Wrapper label={t("images")} description={t("imagesHint")} error={error} required labelElement="div">
      <Stack gap="sm" mt={6}>
        {uploads.length > 0 && <Ordered images={images} />}
        {!full && (
          <Dropzone
            onDrop={drop}
            onReject={setRejected}
            accept={IMAGE_TYPES}
            maxSize={IMAGE_BYTES}
            inputProps={{ "aria-label": t("addImages") }}
            p="lg"
          >
            <Group justify="center" gap="sm" style={{ pointerEvents: "none" }}>
              <IconPhotoPlus size={28} stroke={1.5} aria-hidden />
              <Text c="dimmed" ta="center">
                {t("dropHere")}
              </Text>
            </Group>
          </Dropzone>
        )}
        {rejected.length > 0 && (
          <Alert color="red" role="alert">
            {t("imagesRejected", { names: rejected.map(({ file }) => file.name).join(", ") })}
          </Alert>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** The pictures in their order, which is changed by dragging or by their buttons. */
function Ordered({ images: { uploads, remove, toFront, move } }: Pick<ImagesFieldProps, "images">) {
  const [dragged, setDragged] = useState<string>();
  return (
    <Group gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {uploads.map((upload, place) => (
        <li
          key={upload.key}
          draggable
          style={{ opacity: dragged === upload.key ? 0.5 : undefined }}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            setDragged(upload.key);
          }}
          onDragEnd={() => setDragged(undefined)}
          onDragOver={(event) => {
            if (dragged === undefined) return;
            event.preventDefault();
            if (dragged !== upload.key) move(dragged, place);
          }}
        >
          <UploadTile upload={upload} cover={place === 0} remove={remove} toFront={toFront} order={{ place, of: uploads.length, move }} />
        </li>
      ))}
    </Group>
  );
}
