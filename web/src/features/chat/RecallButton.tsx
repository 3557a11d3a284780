import { Anchor } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ChatMessageRecallDocument, type LineFragment } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { serverNow } from "../../lib/clock";
import { toast } from "../../lib/toast";
import { useProblemWords } from "../../ui/States";

const RECALL_MS = 2 * 60_000;

/** Takes one's own message back, within two minutes by the API's clock. */
export function RecallButton({ message: { id, createdAt } }: { message: Extract<LineFragment, { __typename: "Message" }> }) {
  const { t } = useTranslation("chat");
  const say = useProblemWords();
  const { run, busy } = useAct(ChatMessageRecallDocument, (data) => data.chatMessageRecall);
  const [open, setOpen] = useState(() => left(createdAt) > 0);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(false), Math.max(0, left(createdAt)));
    return () => clearTimeout(timer);
  }, [createdAt]);
  if (!open) return null;
  const recall = async () => {
    const { problems } = await run({ input: { id } });
    if (problems) toast({ color: "red", message: say(problems[0]) });
  };
  return (
    <Anchor component="button" size="xs" disabled={busy} onClick={() => void recall()}>
      {t("recall")}
    </Anchor>
  );
}

function left(createdAt: string): number {
  return Date.parse(createdAt) + RECALL_MS - serverNow();
}
