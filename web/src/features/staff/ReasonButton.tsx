import { Button, type ButtonProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { Outcome } from "../../lib/act";
import { ReasonDialog } from "../review/ReasonDialog";

interface ReasonButtonProps extends Pick<ButtonProps, "variant" | "leftSection" | "size" | "disabled"> {
  label: string;
  title: string;
  hint: string;
  text?: ReactNode;
  color?: string;
  busy: boolean;
  act: (reason: string) => Promise<Outcome<unknown>>;
  done: () => unknown;
  children?: ReactNode;
}

/** Does something for which an admin gives his reason. */
export function ReasonButton({ label, title, hint, text, color = "jade", busy, act, done, children, ...button }: ReasonButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button {...button} color={color} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <ReasonDialog
        title={title}
        hint={hint}
        text={text}
        doIt={label}
        color={color}
        opened={asking}
        busy={busy}
        send={act}
        close={() => setAsking(false)}
        decided={done}
      >
        {children}
      </ReasonDialog>
    </>
  );
}
