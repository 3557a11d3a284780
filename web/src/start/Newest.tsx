import { useEffect, useState } from "react";
import type { Locale } from "../lib/locale";
import { formatMoney } from "../lib/money";
import { Mark } from "./Mark";
import type { Messages } from "./messages";
import { fetchNewest, type Listing } from "./fetchNewest";

type State = { kind: "loading" } | { kind: "failed" } | { kind: "ready"; listings: Listing[] };

interface NewestProps {
  words: Messages;
  locale: Locale;
}

/** The newest listings on sale, in the reader's language. */
export function Newest({ words, locale }: NewestProps) {
  const [attempt, setAttempt] = useState(0);
  const state = useNewest(locale, attempt);
  return (
    <section aria-busy={state.kind === "loading"}>
      <h2>{words.newestTitle}</h2>
      {state.kind === "loading" && <p className="panel quiet">{words.loading}</p>}
      {state.kind === "failed" && (
        <p className="panel quiet" role="alert">
          {words.failed}{" "}
          <button
            type="button"
            className="link"
            onClick={() => {
              setAttempt(attempt + 1);
            }}
          >
            {words.retry}
          </button>
        </p>
      )}
      {state.kind === "ready" && <Listings listings={state.listings} words={words} locale={locale} />}
    </section>
  );
}

function useNewest(locale: Locale, attempt: number): State {
  const ask = `${locale} ${String(attempt)}`;
  const [answer, setAnswer] = useState<{ ask: string; state: State }>();
  useEffect(() => {
    const abort = new AbortController();
    void fetchNewest(locale, abort.signal)
      .then((listings): State => ({ kind: "ready", listings }))
      .catch((): State => ({ kind: "failed" }))
      .then((state) => {
        if (!abort.signal.aborted) setAnswer({ ask, state });
      });
    return () => {
      abort.abort();
    };
  }, [locale, ask]);
  return answer?.ask === ask ? answer.state : { kind: "loading" };
}

function Listings({ listings, words, locale }: NewestProps & { listings: Listing[] }) {
  if (listings.length === 0) return <p className="panel quiet">{words.empty}</p>;
  return (
    <ul className="listings">
      {listings.map((listing) => (
        <li key={listing.id} className="listing">
          <Cover listing={listing} />
          <div className="about">
            <span className="game">{listing.game.name}</span>
            <h3>{listing.title}</h3>
            <span className="price">{formatMoney(listing.price, locale)}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Cover({ listing: { cover } }: { listing: Listing }) {
  if (cover) return <img className="cover" src={cover.thumbnailUrl} width={cover.width} height={cover.height} alt="" loading="lazy" />;
  return (
    <div className="cover none">
      <Mark />
    </div>
  );
}
