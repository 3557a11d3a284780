import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache, Observable } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";
import { relayStylePagination } from "@apollo/client/utilities";
import { from, switchMap } from "rxjs";
import { linesPolicy } from "../features/chat/linesPolicy";
import { possibleTypes } from "../gql/possibleTypes";
import { ACCEPT } from "./graphql";
import { readLocale } from "./locale";
import { accessToken, onChange, refresh } from "./session";

const SENT = "sentToken";

/** The one client of the pages: signs its requests, refreshes once when a token was refused, and forgets what it read when the reader changes. */
export function makeClient(): ApolloClient {
  const client = new ApolloClient({
    link: ApolloLink.from([again(), signed(), new HttpLink({ uri: "/graphql", headers: { accept: ACCEPT } })]),
    cache: makeCache(),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" } },
  });
  onChange((change) => {
    // What is on screen is read anew as the new reader; after leaving, what was his is gone. A query that fails says so where it is shown.
    const anew = change === "begun" ? client.resetStore() : client.clearStore().then(() => client.refetchObservableQueries());
    anew.catch(() => undefined);
  });
  return client;
}

function makeCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          listings: relayStylePagination(["filter", "sort"]),
          myListings: relayStylePagination(["filter"]),
          favourites: relayStylePagination(["filter"]),
          seller: { keyArgs: ["id"] },
          reviewQueue: relayStylePagination(["filter"]),
          conversations: relayStylePagination(),
          boughtOrders: relayStylePagination(["filter"]),
          soldOrders: relayStylePagination(["filter"]),
          madeOffers: relayStylePagination(["filter"]),
          receivedOffers: relayStylePagination(["filter"]),
          walletStatement: relayStylePagination(["filter"]),
          myDebts: relayStylePagination(["side"]),
          identityQueue: relayStylePagination(["filter"]),
          deposits: relayStylePagination(),
          withdrawals: relayStylePagination(),
          withdrawalQueue: relayStylePagination(["filter"]),
          notices: relayStylePagination(),
          mySessions: relayStylePagination(),
          userReviews: relayStylePagination(["userId"]),
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
      Seller: { keyFields: false, fields: { listings: relayStylePagination(["sort"]) } },
      Order: { fields: { listing: { merge: true } } },
      Wallet: { merge: true },
      Viewer: { merge: true, fields: { cases: relayStylePagination(["filter"]), reports: relayStylePagination() } },
      Case: { fields: { refusal: { merge: true }, recovery: { merge: true } } },
      CaseRefusal: { fields: { messages: relayStylePagination() } },
      ListingFacets: { merge: true },
      Queue: { keyFields: ["kind"] },
    },
  });
}

/** Adds the token and the reader's language. */
function signed(): ApolloLink {
  return new SetContextLink(async (context) => {
    const token = await accessToken();
    const headers = context.headers as Record<string, string> | undefined;
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return { [SENT]: token, headers: { ...headers, ...authorization, "accept-language": readLocale() } };
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
