import { CombinedGraphQLErrors, ServerError } from "@apollo/client";
import { expect, test } from "vitest";
import { outcomeOf } from "./act";
import { failureOf, failureOfStatus, problemOf } from "./problems";

const failed = (code: unknown) => new CombinedGraphQLErrors({ data: null, errors: [{ message: "no", extensions: { code } }] });

test("a failure is known by the API's code; without an answer one is offline", () => {
  expect(failureOf(failed("NOT_FOUND"))).toBe("NOT_FOUND");
  expect(failureOf(failed("SOMETHING_NEW"))).toBe("INTERNAL_SERVER_ERROR");
  expect(failureOf(new TypeError("Failed to fetch"))).toBe("OFFLINE");
  const gateway = new Response("<h1>Bad gateway</h1>", { status: 502 });
  expect(failureOf(new ServerError("502", { response: gateway, bodyText: "<h1>Bad gateway</h1>" }))).toBe("UNAVAILABLE");
});

test("a file that was not given out has a code as well", () => {
  expect([401, 404, 429, 500, 503, 502].map(failureOfStatus)).toEqual([
    "UNAUTHENTICATED",
    "NOT_FOUND",
    "RATE_LIMITED",
    "INTERNAL_SERVER_ERROR",
    "UNAVAILABLE",
    "UNAVAILABLE",
  ]);
});

test("a user error is about the last part of its path", () => {
  expect(problemOf({ code: "INVALID_INPUT", field: ["input", "title"], message: "Too long." })).toEqual({
    code: "INVALID_INPUT",
    field: "title",
    message: "Too long.",
  });
  expect(problemOf({ code: "LIMIT_REACHED", field: null, message: "Later." })).toEqual({ code: "LIMIT_REACHED", message: "Later." });
});

test("a payload without errors is done, with errors or missing it is not", () => {
  const done = { userErrors: [] };
  expect(outcomeOf(done)).toEqual({ done });
  expect(outcomeOf({ userErrors: [{ code: "WRONG_STATE", field: null, message: "No." }] })).toEqual({
    problems: [{ code: "WRONG_STATE", message: "No." }],
  });
  expect(outcomeOf(null).problems?.[0].code).toBe("INTERNAL_SERVER_ERROR");
});
