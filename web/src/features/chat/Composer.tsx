import { ActionIcon, Group, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { lengthOf, TEXT } from "../../lib/limits";
import classes from "./Chat.module.css";

/** Where to write. Enter sends, Shift-Enter breaks the line; an input method's Enter chooses. */
export function Composer({ send }: { send: (text: string) => void }) {
  const { t } = useTranslation("chat");
  const [text, setText] = useState("");
  const length = lengthOf(text);
  const tooLong = length > TEXT.message[1];
  const submit = () => {
    if (length === 0 || tooLong) return;
    send(text.trim());
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
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
      <Textarea
        style={{ flex: 1 }}
        aria-label={t("write")}
        placeholder={t("write")}
        autosize
        minRows={1}
        maxRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={tooLong ? t("tooLong", { count: length }) : null}
      />
      <ActionIcon type="submit" size={36} aria-label={t("send")} disabled={length === 0 || tooLong}>
        <IconSend2 size={20} />
      </ActionIcon>
    </Group>
  );
}
