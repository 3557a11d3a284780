import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, Observable } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { relayStylePagination } from "@apollo/client/utilities";
import { from, switchMap } from "rxjs";
import { linesPolicy } from "../features/chat/linesPolicy";
import { possibleTypes } from "../gql/possibleTypes";
import { hearTime } from "./clock";
import { ACCEPT } from "./graphql";
import { pagesPolicy } from "./pagesPolicy";
import { accessToken, onChange, refresh } from "./session";
import { currentLocale, onSpoken } from "./words";

const SENT = "sentToken";

/** The one client of the pages: signs its requests, refreshes once when a token was refused, and forgets what it read when the reader changes. */
export function makeClient(): ApolloClient {
  const client = new ApolloClient({
    link: ApolloLink.from([again(), signed(), new HttpLink({ uri: "/graphql", headers: { accept: ACCEPT }, fetch: heard })]),
    cache: makeCache(),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" } },
  });
  onChange((change) => {
    // What is on screen is read anew as the new reader; after leaving, what was his is gone. A query that fails says so where it is shown.
    const anew = change === "begun" ? client.resetStore() : client.clearStore().then(() => client.refetchObservableQueries());
    anew.catch(() => undefined);
  });
  // Much is in the API's words. What is on screen stays there until it came in the other language.
  onSpoken(() => void client.refetchObservableQueries().catch(() => undefined));
  return client;
}

/** Lists that people read keep their further pages; queues of admins do not, for what was decided leaves them. */
function makeCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          listings: pagesPolicy(["filter", "sort"]),
          myListings: pagesPolicy(["filter"]),
          favourites: pagesPolicy(["filter"]),
          seller: { keyArgs: ["id"] },
          reviewQueue: relayStylePagination(["filter"]),
          conversations: pagesPolicy(),
          chatSearch: relayStylePagination(["words", "conversationId"]),
          boughtOrders: pagesPolicy(["filter"]),
          soldOrders: pagesPolicy(["filter"]),
          madeOffers: pagesPolicy(["filter"]),
          receivedOffers: pagesPolicy(["filter"]),
          walletStatement: pagesPolicy(["filter"]),
          myDebts: pagesPolicy(["side"]),
          identityQueue: relayStylePagination(["filter"]),
          deposits: pagesPolicy(),
          withdrawals: pagesPolicy(),
          withdrawalQueue: relayStylePagination(["filter"]),
          notices: pagesPolicy(),
          mySessions: relayStylePagination(),
          userReviews: pagesPolicy(["userId"]),
          blockedUsers: relayStylePagination(),
          moneyDecisions: relayStylePagination(),
          moneyDecisionQueue: relayStylePagination(["filter"]),
          debts: relayStylePagination(["filter"]),
          bankDifferences: relayStylePagination(["resolved", "filter"]),
          caseQueue: relayStylePagination(["filter"]),
          reportQueue: relayStylePagination(["filter"]),
          users: relayStylePagination(["filter"]),
          announcements: relayStylePagination(),
          auditLog: relayStylePagination(["filter"]),
          figures: { keyArgs: ["from", "to"] },
        },
      },
      Conversation: { fields: { lines: linesPolicy } },
      Seller: { keyFields: false, fields: { listings: pagesPolicy(["sort"]) } },
      Order: { fields: { listing: { merge: true } } },
      Wallet: { merge: true },
      StaffUser: { keyFields: ["user", ["id"]], fields: { reports: relayStylePagination() } },
      Viewer: { merge: true, fields: { cases: pagesPolicy(["filter"]), reports: pagesPolicy() } },
      Case: { fields: { refusal: { merge: true }, recovery: { merge: true } } },
      CaseRefusal: { fields: { messages: relayStylePagination() } },
      ListingFacets: { merge: true },
      Queue: { keyFields: ["kind"] },
    },
  });
}

/** `fetch`, which notes what time it is where the API is. */
const heard: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  hearTime(response);
  return response;
};

/** Adds the token and the reader's language. */
function signed(): ApolloLink {
  return new SetContextLink(async (context) => {
    const token = await accessToken();
    const headers = context.headers as Record<string, string> | undefined;
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return { [SENT]: token, headers: { ...headers, ...authorization, "accept-language": currentLocale() } };
  });
}

/** Sends a request that was refused for its token once more with a new one. Nothing of it had run. */
function again(): ApolloLink {
  return new ErrorLink(({ error, operation, forward }): Observable<ApolloLink.Result> | undefined => {
    const context = operation.getContext();
    const token = context[SENT] as string | undefined;
    if (token === undefined || context.second === true || !isRefused(error)) return undefined;
    operation.setContext({ second: true });
    return from(refresh(token)).pipe(switchMap(() => forward(operation)));
  });
}

function isRefused(error: unknown): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
}
