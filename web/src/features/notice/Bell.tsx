import { skipToken, useQuery } from "@apollo/client/react";
import { ActionIcon, Indicator } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { NoticeUnreadDocument } from "../../gql/live";
import { useSession } from "../../lib/session";

/** How many notices are unread; 0 for strangers. */
export function useNoticeCount(): number {
  const signedIn = useSession() === "in";
  const { data } = useQuery(NoticeUnreadDocument, signedIn ? {} : skipToken);
  return data?.noticeUnreadCount ?? 0;
}

/** The way to the notices, with how many are unread. */
export function Bell() {
  const { t } = useTranslation("notice");
  const count = useNoticeCount();
  const label = count === 0 ? t("title") : t("unread", { count });
  return (
    <Indicator label={count > 99 ? "99+" : count} disabled={count === 0} size={16} offset={6} color="red">
      <ActionIcon component={Link} to="/notices" variant="subtle" color="gray" size="lg" aria-label={label} title={label}>
        <IconBell size={20} stroke={1.6} />
      </ActionIcon>
    </Indicator>
  );
}
