import { expect, test } from "vitest";
import { dropDraft, holds, moveBox, nextTry, putDraft, refuse, renewTries, waitingIn as draftsIn } from "./outbox";

const draft = (clientId: string) => ({ clientId, text: "Hello", imageIds: [] });
const waitingIn = (to: string) => draftsIn(to).map(({ clientId }) => clientId);

test("only what nobody answered waits, and it is tried a few times by itself", () => {
  putDraft("anna", draft("1"));
  expect(nextTry()).toBeUndefined();
  refuse("anna", "1", { code: "OFFLINE" });
  expect(waitingIn("anna")).toEqual(["1"]);
  expect(nextTry()).toBe(1);
  for (let tries = 1; tries <= 5; tries += 1) refuse("anna", "1", { code: "OFFLINE" });
  expect(nextTry()).toBeUndefined();
  expect(waitingIn("anna")).toEqual(["1"]);
  renewTries();
  expect(nextTry()).toBe(0);
  refuse("anna", "1", { code: "FORBIDDEN" });
  expect(waitingIn("anna")).toEqual([]);
});

test("what was given up does not come back when it fails", () => {
  putDraft("bo", draft("1"));
  dropDraft("bo", "1");
  refuse("bo", "1", { code: "OFFLINE" });
  expect(holds("bo", "1")).toBe(false);
});

test("when a conversation begins, what is still on its way to the user is told there", () => {
  putDraft("cai", draft("1"));
  putDraft("cai", draft("2"));
  putDraft("conversation", draft("0"));
  moveBox("cai", "conversation");
  dropDraft("cai", "1");
  refuse("cai", "2", { code: "OFFLINE" });
  expect(holds("conversation", "1")).toBe(false);
  expect(holds("conversation", "0")).toBe(true);
  expect(waitingIn("conversation")).toEqual(["2"]);
});
