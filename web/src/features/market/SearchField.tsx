import { ActionIcon, TextInput } from "@mantine/core";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SearchField.module.css";
import { WORDS } from "./search";

/** Words to look for, sent when somebody presses Enter. */
export function SearchField({ words, choose }: { words: string; choose: (words: string) => void }) {
  const { t } = useTranslation("market");
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState(words);
  const [shown, setShown] = useState(words);
  // The address may change without anybody typing: back, a link.
  if (shown !== words) {
    setShown(words);
    setTyped(words);
  }
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    choose(typed.trim());
  };
  return (
    <form role="search" onSubmit={send} className={classes.search}>
      <TextInput
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={t("searchFor")}
        placeholder={t("searchHint")}
        maxLength={WORDS}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        rightSection={
          typed === "" ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={common("clear")}
              onClick={() => {
                setTyped("");
                choose("");
              }}
            >
              <IconX size={16} />
            </ActionIcon>
          )
        }
      />
    </form>
  );
}
