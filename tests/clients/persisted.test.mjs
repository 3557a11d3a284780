// Apollo Client's persisted queries: the hash first, the document once, and GET for queries.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Server } from "./server.mjs";

const server = new Server();
before(() => server.start());
after(() => server.close());

for (const useGETForHashedQueries of [false, true]) {
  test(`a document travels once${useGETForHashedQueries ? ", and its hash by GET" : ""}`, async () => {
    const sent = [];
    const watched = (url, options) => {
      sent.push(`${options.method} ${options.body?.includes('"query"') ? "document" : "hash"}`);
      return fetch(url, options);
    };
    const sha256 = (text) => createHash("sha256").update(text).digest("hex");
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries });
    const http = new HttpLink({ uri: `http://${server.listen}/graphql`, fetch: watched });
    const ask = () => new ApolloClient({ cache: new InMemoryCache(), link: link.concat(http) });
    const query = useGETForHashedQueries ? gql`query ByGet { now }` : gql`query ByPost { now }`;
    for (let times = 0; times < 2; times++) {
      assert.ok((await ask().query({ query, fetchPolicy: "no-cache" })).data.now);
    }
    const hashed = useGETForHashedQueries ? "GET hash" : "POST hash";
    assert.deepEqual(sent, [hashed, "POST document", hashed]);
  });
}
