import { Button, Group, Modal, Stack, Text, type ButtonProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../lib/problems";
import { Problems } from "./States";

interface AskButtonProps extends Pick<ButtonProps, "color" | "variant" | "leftSection" | "size"> {
  label: string;
  title: string;
  /** What it means, in words. */
  text: ReactNode;
  /** What to press in order to do it; `label` unless said. */
  doIt?: string;
  /** Does it, and answers what went wrong. */
  act: () => Promise<readonly Problem[]>;
  children?: ReactNode;
}

/** Does something that cannot be undone, after a second question. */
export function AskButton({ label, title, text, doIt = label, act, children, color, ...button }: AskButtonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const close = () => {
    setAsking(false);
    setProblems([]);
  };
  const go = async () => {
    setBusy(true);
    const found = await act();
    setBusy(false);
    setProblems(found);
    if (found.length === 0) close();
  };
  const painted = color === undefined ? {} : { color };
  return (
    <>
      <Button {...button} {...painted} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal opened={asking} onClose={close} title={title} closeButtonProps={{ "aria-label": t("close") }}>
        <Stack>
          <Text size="sm">{text}</Text>
          {children}
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("cancel")}
            </Button>
            <Button {...painted} loading={busy} onClick={() => void go()}>
              {doIt}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
