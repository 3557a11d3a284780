import { at, refuse, waitingBoxes, waitingIn, type Draft } from "./outbox";

/** Sends a draft of a box; false when nobody answered. */
type Send = (to: string, draft: Draft) => Promise<boolean>;

const running = new Set<string>();

/** Sends what waits for the network: in each box one after another, as it was written, as long as somebody answers. */
export async function sendWaiting(send: Send): Promise<void> {
  // A box that moved while it is sent is still the same.
  const idle = waitingBoxes().filter((to) => ![...running].some((one) => at(one) === to));
  await Promise.all(idle.map((to) => sendBox(to, send)));
}

async function sendBox(to: string, send: Send): Promise<void> {
  running.add(to);
  try {
    for (let first = waitingIn(to)[0]; first; first = waitingIn(to)[0]) {
      if (await send(to, first)) continue;
      // Nobody would have answered the others either.
      for (const { clientId } of waitingIn(to)) if (clientId !== first.clientId) refuse(to, clientId, { code: "OFFLINE" });
      return;
    }
  } finally {
    running.delete(to);
  }
}
