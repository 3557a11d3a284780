// The reference client of graphql-transport-ws, and bare sockets that break its rules.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { Server } from "./server.mjs";

const server = new Server();
before(() => server.start());
after(() => server.close());

const client = (options = {}) =>
  createClient({ url: `ws://${server.listen}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, ...options });

/** Says these messages on a bare socket and answers the code it is closed with. */
function provoke(messages, protocol = "graphql-transport-ws") {
  const socket = new WebSocket(`ws://${server.listen}/graphql`, protocol);
  return new Promise((done, fail) => {
    socket.on("open", () => messages.forEach((message) => socket.send(typeof message === "string" ? message : JSON.stringify(message))));
    socket.on("close", (code) => done(code));
    socket.on("error", fail);
  });
}

const init = { type: "connection_init" };
// An operation that is still running when the next message is read: its captcha is painted first.
const long = { type: "subscribe", id: "1", payload: { query: "mutation { captchaCreate { captcha { id } } }" } };

for (const [what, messages, code] of [
  ["what is no JSON", ["{"], 4400],
  ["an unknown type", [{ type: "start" }], 4400],
  ["an operation before init", [long], 4401],
  ["a bad token", [{ ...init, payload: { authorization: "Bearer nonsense" } }], 4403],
  ["an id in use", [init, long, long], 4409],
  ["a second init", [init, init], 4429],
]) {
  test(`${what} closes with ${code}`, async () => assert.equal(await provoke(messages), code));
}

test("another subprotocol closes with 4406", async () => assert.equal(await provoke([], []), 4406));

test("no init closes with 4408", async () => assert.equal(await provoke([]), 4408));

test("a goodbye is answered with its own code", async () => {
  const socket = new WebSocket(`ws://${server.listen}/graphql`, "graphql-transport-ws");
  const closed = new Promise((done, fail) => {
    socket.on("open", () => socket.close(4321, "seen enough"));
    socket.on("close", done);
    socket.on("error", fail);
  });
  assert.equal(await closed, 4321);
});

test("the reference client runs queries and mutations, and pings", async () => {
  let pongs = 0;
  const speaker = client({ lazy: false, keepAlive: 20, on: { pong: () => pongs++ } });
  for (const query of ["{ now }", "mutation { captchaCreate { captcha { id } } }"]) {
    const answers = [];
    for await (const answer of speaker.iterate({ query })) answers.push(answer);
    assert.equal(answers.length, 1);
    assert.equal(answers[0].errors, undefined);
    assert.equal(typeof answers[0].extensions.cost.remaining, "number");
  }
  while (pongs < 3) await new Promise((done) => setImmediate(done));
  await speaker.dispose();
});

test("what never started is an error to the reference client", async () => {
  const speaker = client();
  const broken = new Promise((done, fail) => speaker.subscribe({ query: "{ nothing }" }, { next: fail, complete: fail, error: done }));
  const errors = await broken;
  assert.equal(errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
  assert.match(errors[0].extensions.requestId, /^[0-9a-f-]{36}$/);
  await speaker.dispose();
});
