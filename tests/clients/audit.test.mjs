// The public audit of the GraphQL-over-HTTP draft, whole: MUST, SHOULD and MAY.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serverAudits } from "graphql-http";
import { Server } from "./server.mjs";

const server = new Server();
before(() => server.start());
after(() => server.close());

const audits = serverAudits({ url: () => `http://${server.listen}/graphql`, fetchFn: fetch });

test("the suite is the one we know", () => assert.equal(audits.length, 61));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const { status, reason } = await audit.fn();
    assert.equal(status, "ok", reason);
  });
}
