import { expect, test } from "vitest";
import { dropDraft, moveBox, nextTry, putDraft, refuse, waitingIn, type Draft } from "./outbox";
import { sendWaiting } from "./sendWaiting";

function write(to: string, ...clientIds: string[]) {
  for (const clientId of clientIds) {
    putDraft(to, { clientId, text: "Hello", imageIds: [] });
    refuse(to, clientId, { code: "OFFLINE" });
  }
}

/** Sends as the pages do, to a server that answers only by hand. */
function server() {
  const asked: string[] = [];
  const answers: ((answered: boolean) => void)[] = [];
  const send = async (to: string, draft: Draft) => {
    putDraft(to, { ...draft, going: true });
    asked.push(draft.clientId);
    const answered = await new Promise<boolean>((done) => answers.push(done));
    if (answered) dropDraft(to, draft.clientId);
    else refuse(to, draft.clientId, { code: "OFFLINE" });
    return answered;
  };
  const answer = async (answered: boolean) => {
    answers.shift()?.(answered);
    await new Promise((done) => setTimeout(done));
  };
  return { asked, send, answer };
}

const idsIn = (to: string) => waitingIn(to).map(({ clientId }) => clientId);

test("what waits in a box goes one after another, as it was written, and each once", async () => {
  write("anna", "1", "2", "3");
  const { asked, send, answer } = server();
  const whole = sendWaiting(send);
  expect(asked).toEqual(["1"]);
  await sendWaiting(send);
  expect(asked).toEqual(["1"]);
  await answer(true);
  expect(asked).toEqual(["1", "2"]);
  await answer(true);
  await answer(true);
  await whole;
  expect(asked).toEqual(["1", "2", "3"]);
  expect(idsIn("anna")).toEqual([]);
});

test("where nobody answers the rest waits on, keeps its order and is tried again later", async () => {
  write("bo", "1", "2");
  write("cai", "x");
  const { asked, send, answer } = server();
  const whole = sendWaiting(send);
  expect(asked).toEqual(["1", "x"]);
  expect(nextTry()).toBeUndefined();
  await answer(false);
  await answer(true);
  await whole;
  expect(asked).toEqual(["1", "x"]);
  expect(idsIn("bo")).toEqual(["1", "2"]);
  expect(nextTry()).toBe(2);
});

test("a box that moves while it is sent goes on where it is", async () => {
  write("dan", "1", "2");
  for (const clientId of idsIn("bo")) dropDraft("bo", clientId);
  const { asked, send, answer } = server();
  const whole = sendWaiting(send);
  moveBox("dan", "conversation");
  await answer(true);
  await sendWaiting(send);
  expect(asked).toEqual(["1", "2"]);
  await answer(true);
  await whole;
  expect(idsIn("conversation")).toEqual([]);
});

test("what failed of the network stays said while it is tried again by itself", async () => {
  write("eve", "1");
  const { send, answer } = server();
  const whole = sendWaiting((to, draft) => {
    expect(draft.problem).toEqual({ code: "OFFLINE" });
    return send(to, draft);
  });
  expect(idsIn("eve")).toEqual([]);
  await answer(false);
  await whole;
  expect(idsIn("eve")).toEqual(["1"]);
});
