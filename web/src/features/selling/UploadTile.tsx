import { ActionIcon, Badge, Progress, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconStar, IconX } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useProblemWords } from "../../ui/States";
import classes from "./UploadTile.module.css";
import type { Upload } from "./useUploads";

interface UploadTileProps {
  upload: Upload;
  /** Whether it is the cover. */
  cover?: boolean;
  remove: (key: string) => void;
  /** Makes it the cover; without this there is none. */
  toFront?: (key: string) => void;
  /** Where it stands among how many, and how it gets elsewhere; without this there is no order. */
  order?: { place: number; of: number; move: (key: string, to: number) => void };
}

/** A picture that was chosen, or how far it has gone. */
export function UploadTile({ upload: { key, name, part, image, problem }, cover, remove, toFront, order }: UploadTileProps) {
  const { t } = useTranslation("selling");
  const say = useProblemWords();
  return (
    <div className={classes.tile}>
      {image && <img className={classes.picture} src={image.thumbnailUrl} alt={name} />}
      {problem && (
        <Text size="xs" c="var(--house-wrong)" p={6} role="alert" lineClamp={5}>
          {say(problem)}
        </Text>
      )}
      {!image && !problem && (
        <div className={classes.going}>
          <Text size="xs" truncate>
            {name}
          </Text>
          <Progress value={part * 100} animated={part >= 1} aria-label={t("uploading", { name })} />
        </div>
      )}
      <ActionIcon
        className={classes.remove}
        variant="default"
        size="sm"
        radius="xl"
        aria-label={t("removeImage", { name })}
        onClick={() => remove(key)}
      >
        <IconX size={14} />
      </ActionIcon>
      {image && cover === true && (
        <Badge className={classes.corner} size="xs">
          {t("cover")}
        </Badge>
      )}
      {image && toFront && cover !== true && (
        <ActionIcon
          className={classes.corner}
          variant="default"
          size="sm"
          radius="xl"
          aria-label={t("makeCover", { name })}
          title={t("makeCover", { name })}
          onClick={() => toFront(key)}
        >
          <IconStar size={14} />
        </ActionIcon>
      )}
      {image && order && <Movers name={name} to={(place) => order.move(key, place)} place={order.place} of={order.of} />}
    </div>
  );
}

/** Moves a picture one place on, for those who do not drag. */
function Movers({ name, place, of, to }: { name: string; place: number; of: number; to: (place: number) => void }) {
  const { t } = useTranslation("selling");
  const move = (event: MouseEvent<HTMLButtonElement>, next: number) => {
    const button = event.currentTarget;
    to(next);
    // Moving a button on the page takes the focus from it.
    requestAnimationFrame(() => button.focus());
  };
  return (
    <ActionIcon.Group className={classes.movers}>
      <ActionIcon
        variant="default"
        size="sm"
        disabled={place === 0}
        aria-label={t("earlier", { name })}
        onClick={(event) => move(event, place - 1)}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size="sm"
        disabled={place === of - 1}
        aria-label={t("later", { name })}
        onClick={(event) => move(event, place + 1)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </ActionIcon.Group>
  );
}
