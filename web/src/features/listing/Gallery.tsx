import { Group, Image, Modal, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Gallery.module.css";

interface Picture {
  id: string;
  url: string;
  thumbnailUrl: string;
  width: number;
  height: number;
}

/** The pictures of a listing: one large, the others to choose; the large one opens whole. */
export function Gallery({ pictures }: { pictures: readonly Picture[] }) {
  const { t } = useTranslation("listing");
  const [place, setPlace] = useState(0);
  const [open, setOpen] = useState(false);
  const shown = pictures[place] ?? pictures[0];
  if (!shown) return null;
  const name = (at: number) => t("picture", { place: at + 1, of: pictures.length });
  return (
    <div>
      <UnstyledButton className={classes.stage} onClick={() => setOpen(true)} aria-label={t("enlarge", { what: name(place) })}>
        <img src={shown.url} width={shown.width} height={shown.height} alt={name(place)} />
      </UnstyledButton>
      {pictures.length > 1 && (
        <Group gap="xs" mt="xs">
          {pictures.map(({ id, thumbnailUrl }, at) => (
            <UnstyledButton
              key={id}
              className={classes.thumb}
              aria-label={name(at)}
              aria-current={at === place}
              onClick={() => setPlace(at)}
            >
              <img src={thumbnailUrl} alt="" />
            </UnstyledButton>
          ))}
        </Group>
      )}
      <Modal opened={open} onClose={() => setOpen(false)} size="auto" title={name(place)} closeButtonProps={{ "aria-label": t("close") }}>
        <Image src={shown.url} alt={name(place)} mah="80vh" fit="contain" />
      </Modal>
    </div>
  );
}
