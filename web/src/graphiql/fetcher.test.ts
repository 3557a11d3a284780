import { expect, test } from "vitest";
import { socketUrl, straighten } from "./fetcher";

test("the token's key is set straight, other headers stay as written", () => {
  expect(straighten({ aUTHORIZATION: "Bearer x", "x-Thing": "1" })).toEqual({ Authorization: "Bearer x", "x-Thing": "1" });
});

test.each([
  ["http://127.0.0.1:8080/graphiql", "ws://127.0.0.1:8080/graphql"],
  ["https://shop.example/graphiql?x=1#y", "wss://shop.example/graphql"],
])("from %s the socket is %s", (page, socket) => {
  expect(socketUrl(new URL(page), "/graphql")).toBe(socket);
});
