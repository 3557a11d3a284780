import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Pictures in small; each opens whole. */
export function Pictures({ images }: { images: readonly { id: string; url: string; thumbnailUrl: string }[] }) {
  const { t } = useTranslation("giving");
  if (images.length === 0) return null;
  return (
    <Group gap="xs" mt={4}>
      {images.map(({ id, url, thumbnailUrl }, index) => (
        <a key={id} href={url} target="_blank" rel="noreferrer" aria-label={t("image", { number: index + 1 })}>
          <img src={thumbnailUrl} alt="" height={80} style={{ borderRadius: 8, display: "block" }} />
        </a>
      ))}
    </Group>
  );
}
