import { whileAway } from "../../lib/tabs";
import { toast } from "../../lib/toast";

interface Told {
  /** What was told already under this id is not told twice. */
  id: string;
  title: string;
  text: string;
  /** Goes to what it is about. */
  go: () => void;
}

const SHOWN_MS = 8_000;
const SHOWN_CHARACTERS = 140;

/** Tells something in passing: on the page for whoever looks at it, else outside of it, if that was allowed. */
export function tell({ id, title, text, go }: Told): void {
  const characters = Array.from(text);
  const message = characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}…` : text;
  if (document.visibilityState === "visible") {
    toast({ id, title, message, color: "jade", autoClose: SHOWN_MS, onClick: go, style: { cursor: "pointer" } });
    return;
  }
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  // Every tab hears of it. Where somebody looks at another one it is told there, and of those in the background one tells it.
  void whileAway(`${id}.${text}`, () => {
    const shown = new Notification(title, { body: message, tag: id });
    shown.onclick = () => {
      window.focus();
      go();
    };
  }).catch(() => undefined);
}
