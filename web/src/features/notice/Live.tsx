import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { useNavigate } from "react-router";
import { LiveCursorDocument } from "../../gql/live";
import { follow } from "../../lib/live";
import { toast } from "../../lib/toast";
import { useMe } from "../account/useMe";
import { chatStream, orderStream } from "./otherStreams";
import { noticeStream } from "./noticeStream";
import { subjectPath } from "./subject";

/** Follows what happens to whoever is signed in, as long as he is. */
export default function Live() {
  const client = useApolloClient();
  const navigate = useNavigate();
  // A blacklisted user hears his notices only.
  const limited = useMe()?.blacklisted;
  useEffect(() => {
    if (limited === undefined) return;
    const show = (notice: { id: string; title: string; text: string } & Parameters<typeof subjectPath>[0]) => {
      const go = () => void navigate(subjectPath(notice));
      toast({
        id: notice.id,
        title: notice.title,
        message: notice.text,
        color: "jade",
        autoClose: 8_000,
        onClick: go,
        style: { cursor: "pointer" },
      });
      tellBrowser(notice, go);
    };
    const ground = {
      cursor: async () => {
        const { data } = await client.query({ query: LiveCursorDocument, fetchPolicy: "network-only" });
        return data?.liveCursor ?? null;
      },
      resync: () => client.refetchObservableQueries().catch(() => undefined),
    };
    let stop: (() => void) | undefined;
    let gone = false;
    void follow(
      limited ? [noticeStream(client, show)] : [noticeStream(client, show), chatStream(client), orderStream(client)],
      ground,
    ).then((end) => {
      if (gone) end();
      else stop = end;
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [limited, client, navigate]);
  return null;
}

/** Says it outside of the page, if that was allowed and nobody looks at the page. */
function tellBrowser({ id, title, text }: { id: string; title: string; text: string }, go: () => void): void {
  if (!("Notification" in window) || Notification.permission !== "granted" || document.visibilityState === "visible") return;
  const shown = new Notification(title, { body: text, tag: id });
  shown.onclick = () => {
    window.focus();
    go();
  };
}
