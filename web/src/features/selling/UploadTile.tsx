import { ActionIcon, Badge, Progress, Text } from "@mantine/core";
import { IconStar, IconX } from "@tabler/icons-react";
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
}

/** A picture that was chosen, or how far it has gone. */
export function UploadTile({ upload: { key, name, part, image, problem }, cover, remove, toFront }: UploadTileProps) {
  const { t } = useTranslation("selling");
  const say = useProblemWords();
  return (
    <div className={classes.tile}>
      {image && <img className={classes.picture} src={image.thumbnailUrl} alt={name} />}
      {problem && (
        <Text size="xs" c="red" p={6} role="alert" lineClamp={5}>
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
    </div>
  );
}
