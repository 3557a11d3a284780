import { query } from "../lib/graphql";
import type { Locale } from "../lib/locale";
import type { Money } from "../lib/money";

/** A listing as the start page shows it. */
export interface Listing {
  id: string;
  title: string;
  price: Money;
  game: { name: string };
  cover: { thumbnailUrl: string; width: number; height: number } | null;
}

const NEWEST = /* GraphQL */ `
  query Newest {
    listings(first: 12) {
      nodes {
        id
        title
        price {
          amount
          currency
        }
        game {
          name
        }
        cover {
          thumbnailUrl
          width
          height
        }
      }
    }
  }
`;

/** The newest listings on sale, at most twelve. */
export async function fetchNewest(locale: Locale, signal: AbortSignal): Promise<Listing[]> {
  const data = (await query(NEWEST, locale, signal)) as { listings: { nodes: Listing[] } };
  return data.listings.nodes;
}
