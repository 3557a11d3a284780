import { expect, test } from "vitest";
import { filterOf, narrowings, readSearch, widened, writeSearch, type Search } from "./search";

const plain: Search = { game: null, server: null, from: "", to: "", sort: "NEWEST" };
const full: Search = { game: "genshin", server: "U2VydmVyOjE=", from: "10", to: "99.50", sort: "CHEAPEST" };

test("a search survives the address", () => {
  for (const search of [plain, full, { ...plain, sort: "DEAREST" as const }, { ...full, server: null, from: "" }]) {
    expect(readSearch(new URLSearchParams(writeSearch(search).toString()))).toEqual(search);
  }
  expect(writeSearch(plain).toString()).toBe("");
});

test("nonsense in an address is as if it were not there", () => {
  expect(readSearch(new URLSearchParams("from=-1&to=1e9&sort=sideways&server=orphan"))).toEqual(plain);
});

test("the filter names what was asked for and nothing else", () => {
  expect(filterOf(plain, null)).toEqual({});
  expect(filterOf(full, "R2FtZTox")).toEqual({ gameId: "R2FtZTox", serverId: "U2VydmVyOjE=", priceFrom: "10", priceTo: "99.50" });
});

test("widening keeps the game and the order", () => {
  expect(narrowings(full)).toBe(3);
  expect(widened(full)).toEqual({ ...plain, game: "genshin", sort: "CHEAPEST" });
  expect(narrowings(widened(full))).toBe(0);
});
