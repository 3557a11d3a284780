import { afterEach, expect, test, vi } from "vitest";
import { hearTime, serverNow } from "./clock";

afterEach(() => vi.useRealTimers());

test("the API's time goes on from what its last answer said", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) });
  expect(serverNow()).toBe(Date.UTC(2026, 0, 1, 12));
  hearTime({ headers: new Headers({ date: "Thu, 01 Jan 2026 11:30:00 GMT" }) });
  vi.advanceTimersByTime(60_000);
  expect(serverNow()).toBe(Date.UTC(2026, 0, 1, 11, 31));
  // What says no time changes nothing.
  hearTime({ headers: new Headers() });
  expect(serverNow()).toBe(Date.UTC(2026, 0, 1, 11, 31));
});
