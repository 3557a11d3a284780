import { expect, test } from "vitest";
import { judge, waitBefore } from "./live";
import { socketUrl } from "./socket";

test("waits grow, differ between tabs, and stop growing", () => {
  expect([0, 1, 2].map((attempt) => waitBefore(attempt, 1))).toEqual([1_000, 2_000, 4_000]);
  expect(waitBefore(3, 0)).toBe(4_000);
  expect(waitBefore(30, 1)).toBe(30_000);
});

test("the socket is beside the page, with the scheme that fits", () => {
  expect(socketUrl(new URL("https://handover.example/orders/1"))).toBe("wss://handover.example/graphql");
  expect(socketUrl(new URL("http://127.0.0.1:8080/"))).toBe("ws://127.0.0.1:8080/graphql");
});

test("all is well while the socket is open and no stream fails on it", () => {
  const told: string[] = [];
  const state = judge((next) => told.push(next));
  state.opened();
  // A stream that ended once and goes on tells nothing.
  state.runs("chat");
  expect(told).toEqual(["live"]);
  state.fails("staff");
  state.fails("chat");
  state.runs("staff");
  expect(told.at(-1)).toBe("lost");
  state.runs("chat");
  expect(told.at(-1)).toBe("live");
  state.closed();
  expect(told.at(-1)).toBe("lost");
  state.opened();
  expect(told.at(-1)).toBe("live");
});
