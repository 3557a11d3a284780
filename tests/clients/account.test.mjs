// Somebody signs up and stays signed in, with Apollo Client over HTTP and graphql-ws over a socket, through a kill of the server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { captchaAnswer, Server } from "./server.mjs";

const server = new Server();
before(() => server.start());
after(() => server.close());

const apollo = (token) =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({
      uri: `http://${server.listen}/graphql`,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }),
  });

const ME = gql`
  query Me {
    me {
      id
      verified
    }
  }
`;

/** Signs up with a code from the mail folder, and answers both tokens. */
async function signUp(name) {
  const client = apollo();
  const email = `${name}@example.com`;
  const captcha = await client.mutate({ mutation: gql`mutation Captcha { captchaCreate { captcha { id image } } }` });
  const { id, image } = captcha.data.captchaCreate.captcha;
  assert.match(image, /^data:image\/png;base64,iVBOR/);
  const asked = await client.mutate({
    mutation: gql`mutation Code($input: EmailCodeRequestInput!) { emailCodeRequest(input: $input) { userErrors { code } } }`,
    variables: { input: { email, captchaId: id, captchaAnswer } },
  });
  assert.deepEqual(asked.data.emailCodeRequest.userErrors, []);
  const code = /\b\d{6}\b/.exec(server.mail(email).split(/\r?\n\r?\n/).slice(1).join("\n"))[0];
  const made = await client.mutate({
    mutation: gql`
      mutation SignUp($input: UserSignUpInput!) {
        userSignUp(input: $input) {
          tokens { accessToken refreshToken }
          userErrors { code message }
        }
      }
    `,
    variables: { input: { username: name, password: "correct horse 7 staple", email, code, returnRefreshToken: true } },
  });
  assert.deepEqual(made.data.userSignUp.userErrors, []);
  return made.data.userSignUp.tokens;
}

/** One query over a socket. */
function overSocket(token, query) {
  const client = createClient({
    url: `ws://${server.listen}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  return new Promise((done, fail) => client.subscribe({ query }, { next: done, error: fail, complete: () => client.dispose() }));
}

test("signs up by mail, is known over HTTP and a socket, and still is after the server was killed", async () => {
  const { accessToken, refreshToken } = await signUp("ann");
  const known = await apollo(accessToken).query({ query: ME });
  assert.equal(known.data.me.verified, false);
  assert.equal((await overSocket(accessToken, "{ me { id } }")).data.me.id, known.data.me.id);

  await server.kill();
  await server.start();

  assert.equal((await apollo(accessToken).query({ query: ME })).data.me.id, known.data.me.id);
  const refreshed = await apollo().mutate({
    mutation: gql`
      mutation Refresh($input: SessionRefreshInput!) {
        sessionRefresh(input: $input) {
          tokens { accessToken }
          userErrors { code }
        }
      }
    `,
    variables: { input: { refreshToken, returnRefreshToken: true } },
  });
  assert.deepEqual(refreshed.data.sessionRefresh.userErrors, []);
  assert.deepEqual(server.command("ledger", "verify"), { status: 0, stdout: "0 transfers, 0 problems\n" });
});

test("a stranger's socket is told that he is not known", async () => {
  await assert.rejects(overSocket("nonsense", "{ me { id } }"), (closed) => closed.code === 4403);
});
