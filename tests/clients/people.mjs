// People with Apollo Client: what they do over HTTP, and what they hear over a socket.
import assert from "node:assert/strict";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { captchaAnswer } from "./server.mjs";

// Apollo's link asks the browser's class what a closed socket looks like; Node has it since version 22.
globalThis.WebSocket ??= WebSocket;

export const password = "correct horse 7 staple";
const PATIENCE = 60_000;
const TOKENS = "tokens { accessToken refreshToken } userErrors { code field message }";
const UPLOAD =
  "mutation ImageUpload($input: ImageUploadInput!) { imageUpload(input: $input) { image { id url thumbnailUrl width height } userErrors { code message } } }";

/** Waits until `look` answers something, and says what did not happen if it never does. */
export async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

export class Person {
  constructor(server, name) {
    this.server = server;
    this.name = name;
    this.email = `${name}@example.com`;
  }

  get #apollo() {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const link = new HttpLink({ uri: `http://${this.server.listen}/graphql`, headers, fetch: (...request) => this.fetches(...request) });
    return new ApolloClient({ cache: new InMemoryCache(), link, defaultOptions: { query: { fetchPolicy: "no-cache" } } });
  }

  /** Whatever the server says to him, over HTTP and live. Stories that search all of it keep it here. */
  reads() {}

  async fetches(...request) {
    const response = await fetch(...request);
    this.reads(Buffer.from(await response.clone().arrayBuffer()));
    return response;
  }

  async asks(query, variables = {}) {
    return (await this.#apollo.query({ query: gql(query), variables })).data;
  }

  /** Calls a mutation; answers its payload, whatever it says. */
  async tries(mutation, input, fields) {
    const kind = `${mutation[0].toUpperCase()}${mutation.slice(1)}`;
    const document = `mutation ${kind}($input: ${kind}Input!) { ${mutation}(input: $input) { ${fields} } }`;
    return (await this.#apollo.mutate({ mutation: gql(document), variables: { input } })).data[mutation];
  }

  /** Calls a mutation that must be done. */
  async does(mutation, input, fields) {
    const payload = await this.tries(mutation, input, `${fields} userErrors { code field message }`);
    assert.deepEqual(payload.userErrors, [], `${this.name}: ${mutation}`);
    return payload;
  }

  /** Signs up with a code from the mail folder. */
  async signsUp() {
    const { captchaCreate } = (await this.#apollo.mutate({ mutation: gql`mutation Captcha { captchaCreate { captcha { id } } }` })).data;
    await this.does("emailCodeRequest", { email: this.email, captchaId: captchaCreate.captcha.id, captchaAnswer }, "email");
    const body = this.server.mail(this.email).split(/\r?\n\r?\n/).slice(1).join("\n");
    const input = { username: this.name, password, email: this.email, code: /\b\d{6}\b/.exec(body)[0], returnRefreshToken: true };
    this.#keep(await this.tries("userSignUp", input, TOKENS));
    this.id = (await this.asks("query Me { me { id user { id } } }")).me.user.id;
    return this;
  }

  async signsIn() {
    this.#keep(await this.tries("userSignIn", { login: this.name, password, returnRefreshToken: true }, TOKENS));
    return this;
  }

  /** Trades his refresh token for new tokens, as a client does when the access token has ended. */
  async refreshes() {
    const { refreshToken } = this;
    this.token = undefined;
    this.#keep(await this.tries("sessionRefresh", { refreshToken, returnRefreshToken: true }, TOKENS));
  }

  #keep({ tokens, userErrors }) {
    assert.deepEqual(userErrors, [], this.name);
    this.token = tokens.accessToken;
    this.refreshToken = tokens.refreshToken;
  }

  /** Uploads a picture by a multipart request. */
  async uploads(purpose, bytes) {
    const form = new FormData();
    form.append("operations", JSON.stringify({ query: UPLOAD, variables: { input: { purpose, file: null } } }));
    form.append("map", JSON.stringify({ 0: ["variables.input.file"] }));
    form.append("0", new Blob([bytes], { type: "image/png" }), "picture.png");
    const headers = { authorization: `Bearer ${this.token}`, "x-handover-preflight": "1" };
    const response = await this.fetches(`http://${this.server.listen}/graphql`, { method: "POST", headers, body: form });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    assert.deepEqual(data.imageUpload.userErrors, []);
    return data.imageUpload.image;
  }

  /** Listens from where things stand now. */
  async listens(field, events) {
    const { liveCursor } = await this.asks("query Here { liveCursor }");
    return new Ear(this, field, events, liveCursor);
  }
}

/** One live subscription of a person. It takes itself up again after its last cursor when the socket is lost, like any client that must miss nothing. */
export class Ear {
  heard = [];
  #waiting = [];
  #closed = false;

  constructor(person, field, events, cursor) {
    this.person = person;
    this.cursor = cursor;
    this.field = field;
    this.document = gql(`subscription ${field[0].toUpperCase()}${field.slice(1)}($after: Cursor) { ${field}(after: $after) { __typename ${events} } }`);
    this.#listen();
  }

  #listen() {
    this.socket = createClient({
      url: `ws://${this.person.server.listen}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: () => ({ authorization: `Bearer ${this.person.token}` }),
      retryAttempts: 0,
    });
    const client = new ApolloClient({ cache: new InMemoryCache(), link: new GraphQLWsLink(this.socket) });
    const stream = client.subscribe({ query: this.document, variables: { after: this.cursor }, fetchPolicy: "no-cache" });
    let lost = false;
    const again = (error) => {
      if (lost || this.#closed) return;
      lost = true;
      if (error?.errors) return this.#fail(new Error(JSON.stringify(error.errors)));
      // The server is away; it may take a while until it is back.
      setTimeout(() => this.#closed || this.#listen(), 25);
    };
    stream.subscribe({
      next: ({ data, error }) => (data?.[this.field] ? this.#hear(data[this.field]) : again(error)),
      error: again,
      complete: () => again(),
    });
  }

  #hear(event) {
    if (event.cursor) this.cursor = event.cursor;
    this.heard.push(event);
    this.person.reads(Buffer.from(JSON.stringify(event)));
    this.#waiting.slice().forEach((look) => look());
  }

  #fail(error) {
    this.error = error;
    this.#waiting.slice().forEach((look) => look());
  }

  /** The first event that fits, heard already or still to come. */
  hears(what, fits) {
    return new Promise((done, fail) => {
      const end = (settle, value) => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== look);
        settle(value);
      };
      const look = () => {
        const found = this.heard.find(fits);
        if (found) end(done, found);
        else if (this.error) end(fail, this.error);
      };
      const said = () => JSON.stringify(this.heard.map(({ __typename, notice }) => notice?.kind ?? __typename));
      const timer = setTimeout(() => end(fail, new Error(`${this.person.name} never heard ${what}, but ${said()}`)), PATIENCE);
      this.#waiting.push(look);
      look();
    });
  }

  close() {
    this.#closed = true;
    return this.socket.dispose();
  }
}
