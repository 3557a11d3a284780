import { ActionIcon, Group, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import type { ClipboardEvent, KeyboardEvent } from "react";
import { useUploadsOn } from "../selling/useUploads";
import { useTranslation } from "react-i18next";
import { IMAGES, lengthOf, TEXT } from "../../lib/limits";
import { IMAGE_TYPES } from "../../lib/upload";
import { Attached, AttachButton } from "./Attached";
import classes from "./Chat.module.css";
import { useBegun } from "./outbox";

interface ComposerProps {
  /** To whom or in which conversation. */
  to: string;
  send: (text: string, imageIds: readonly string[]) => void;
  /** Called at each change while something is written. */
  typing?: () => void;
}

/** Where to write. Enter sends, Shift-Enter breaks the line; an input method's Enter chooses. Pictures can be pasted. What was begun stays while one reads elsewhere. */
export function Composer({ to, send, typing }: ComposerProps) {
  const { t } = useTranslation("chat");
  const { text, setText, shelf } = useBegun(to);
  const images = useUploadsOn(shelf, "CHAT", IMAGES);
  const imageIds = images.uploads.flatMap(({ image }) => (image ? [image.id] : []));
  const length = lengthOf(text);
  const tooLong = length > TEXT.message[1];
  const ready = (length > 0 || imageIds.length > 0) && !tooLong && !images.busy && !images.failed;
  const submit = () => {
    if (!ready) return;
    send(text.trim(), imageIds);
    setText("");
    images.clear();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const change = (next: string) => {
    setText(next);
    if (next.trim() !== "") typing?.();
  };
  return (
    <>
      <Attached images={images} />
      <Group
        component="form"
        className={classes.composer}
        wrap="nowrap"
        align="flex-end"
        gap="sm"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <AttachButton add={images.add} full={images.uploads.length >= IMAGES} />
        <Textarea
          style={{ flex: 1 }}
          aria-label={t("write")}
          placeholder={t("write")}
          autosize
          minRows={1}
          maxRows={6}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => pasted(event, (files) => void images.add(files))}
          error={tooLong ? t("tooLong", { count: length }) : null}
        />
        <ActionIcon type="submit" size={36} aria-label={t("send")} disabled={!ready}>
          <IconSend2 size={20} />
        </ActionIcon>
      </Group>
    </>
  );
}

/** Takes the pictures out of what was pasted; text goes where the cursor is, as always. */
function pasted(event: ClipboardEvent, take: (files: readonly File[]) => void): void {
  const files = [...event.clipboardData.files].filter(({ type }) => IMAGE_TYPES.includes(type));
  if (files.length === 0) return;
  event.preventDefault();
  take(files);
}
