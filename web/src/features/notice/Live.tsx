import { useApolloClient } from "@apollo/client/react";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { LiveCursorDocument } from "../../gql/live";
import { useFreshAfterAway } from "../../lib/away";
import { follow } from "../../lib/live";
import { beLookedAt } from "../../lib/tabs";
import { useMe } from "../account/useMe";
import { useFlush } from "../chat/useFlush";
import { chatStream, orderStream, staffStream, type Heard } from "./otherStreams";
import { noticeStream, type Created } from "./noticeStream";
import { noticePath } from "./subject";
import { tell } from "./tell";

/** What counts down by what the API said when it was read. */
const STALE = ["Order", "Case", "CaseReview"];

/** Follows what happens to whoever is signed in, as long as he is. */
export default function Live() {
  useFlush();
  const client = useApolloClient();
  const { t } = useTranslation("chat");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const me = useMe();
  const id = me?.id;
  // A blacklisted user hears his notices only.
  const limited = me?.blacklisted;
  const admin = me?.admin === true;
  const show = useEffectEvent((notice: Created) => {
    tell({ id: notice.id, title: notice.title, text: notice.text, go: () => void navigate(noticePath(notice)) });
  });
  const heard = useEffectEvent(({ sender, conversation, text }: Heard) => {
    if (!conversation || sender === null || sender.id === id) return;
    const path = `/chat/${conversation.id}`;
    // Whoever looks at the thread sees it there.
    if (pathname === path && document.visibilityState === "visible") return;
    tell({
      id: conversation.id,
      title: conversation.other.nickname,
      text: text === "" ? t("card") : text,
      go: () => void navigate(path),
    });
  });
  useEffect(() => {
    const gone = new AbortController();
    beLookedAt(gone.signal);
    return () => gone.abort();
  }, []);
  useFreshAfterAway(STALE);
  useEffect(() => {
    if (id === undefined || limited === undefined) return;
    const ground = {
      cursor: async () => {
        const { data } = await client.query({ query: LiveCursorDocument, fetchPolicy: "network-only" });
        return data?.liveCursor ?? null;
      },
      resync: () => client.refetchObservableQueries().catch(() => undefined),
    };
    const notices = noticeStream(client, (notice) => show(notice));
    const others = [chatStream(client, (message) => heard(message)), orderStream(client), ...(admin ? [staffStream(client)] : [])];
    return follow(
      `handover.live.${id}.${limited ? "limited" : admin ? "staff" : "whole"}`,
      limited ? [notices] : [notices, ...others],
      ground,
    );
  }, [id, limited, admin, client]);
  return null;
}
