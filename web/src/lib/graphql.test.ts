import { expect, test } from "vitest";
import { dataOf } from "./graphql";

test("data is handed on", () => {
  expect(dataOf('{"data":{"a":1}}', 200)).toEqual({ a: 1 });
});

test("an error wins over its partial data and brings its code", () => {
  const body = '{"data":{"listings":null},"errors":[{"message":"Too many requests.","extensions":{"code":"RATE_LIMITED"}}]}';
  expect(() => dataOf(body, 200)).toThrow(expect.objectContaining({ code: "RATE_LIMITED", message: "Too many requests." }));
});

test.each(["", "<html>502</html>", "null", "{}", '{"data":null}'])("%j is no answer", (body) => {
  expect(() => dataOf(body, 502)).toThrow(expect.objectContaining({ code: "NO_ANSWER", message: "HTTP 502" }));
});
