import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { ConversationHeadFragment } from "../../gql/chat";
import { useFormat } from "../../lib/format";
import { Face } from "../../ui/Face";
import { useMe } from "../account/useMe";
import classes from "./Chat.module.css";
import { useTypes } from "./typing";

/** One conversation of the list: with whom, the newest line, how many are unread. */
export function ConversationRow({
  conversation: { id, other, lastLine, lastAt, unreadCount },
}: {
  conversation: ConversationHeadFragment;
}) {
  const { t } = useTranslation("chat");
  const { ago } = useFormat();
  const types = useTypes(id);
  return (
    <NavLink to={`/chat/${id}`} className={classes.row ?? ""}>
      <Group wrap="nowrap" gap="sm" justify="space-between">
        <Face user={other} below={types ? t("typing") : <Newest line={lastLine} />} />
        <Stack gap={4} align="flex-end" style={{ flexShrink: 0 }}>
          <Text size="xs" c="dimmed">
            {ago(lastAt)}
          </Text>
          {unreadCount > 0 && (
            <Badge color="red" size="sm" circle={unreadCount < 10} aria-label={t("unread", { count: unreadCount })}>
              {unreadCount > 99 ? "99+" : unreadCount}
            </Badge>
          )}
        </Stack>
      </Group>
    </NavLink>
  );
}

function Newest({ line }: { line: ConversationHeadFragment["lastLine"] }) {
  const { t } = useTranslation("chat");
  const me = useMe();
  if (!line) return null;
  const recalled = line.__typename === "Message" && line.recalledAt !== null;
  const removed = line.__typename === "Message" && line.removedAt !== null;
  const text = recalled ? t("recalled") : removed ? t("removed") : line.text === "" ? t("card") : line.text;
  const own = line.__typename === "Message" && line.sender?.id === me?.id;
  return <>{own ? t("you", { text }) : text}</>;
}
