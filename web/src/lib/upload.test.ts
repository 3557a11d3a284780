import { expect, test } from "vitest";
import { read } from "./upload";

const refused = (code: string, message = "words") => JSON.stringify({ errors: [{ message, extensions: { code } }] });
const problem = (text: string) => read(text, () => ({})).problems?.[0];

test.each(["UNAUTHENTICATED", "RATE_LIMITED", "FORBIDDEN", "UNAVAILABLE", "INTERNAL_SERVER_ERROR"])("%s keeps its code", (code) => {
  expect(problem(refused(code))).toEqual({ code });
});

test("a code without words here is told in the API's", () => {
  expect(problem(refused("PAYLOAD_TOO_LARGE", "The body is too large."))).toEqual({
    code: "INTERNAL_SERVER_ERROR",
    message: "The body is too large.",
  });
});

test("an answer of somebody else is no answer of the API", () => {
  expect(problem("<html>502</html>")).toEqual({ code: "UNAVAILABLE" });
  expect(problem("{}")).toEqual({ code: "UNAVAILABLE" });
});
