import { expect, test } from "vitest";
import { filterOf, narrowings, readSearch, wanting, widened, writeSearch, type Search } from "./search";

const plain: Search = { words: "", game: null, server: null, from: "", to: "", attributes: {}, sort: "NEWEST" };
const full: Search = {
  words: "满级 主号",
  game: "genshin",
  server: "U2VydmVyOjE=",
  from: "10",
  to: "99.50",
  attributes: { rank: { choices: ["gold", "silver"] }, level: { from: 10, to: 60 }, adult: { yes: true } },
  sort: "CHEAPEST",
};

test("a search survives the address", () => {
  const half: Search = { ...full, server: null, from: "", attributes: { level: { to: 9 }, adult: { yes: false } } };
  for (const search of [plain, full, half, { ...plain, sort: "POPULAR" as const }]) {
    expect(readSearch(new URLSearchParams(writeSearch(search).toString()))).toEqual(search);
  }
  expect(writeSearch(plain).toString()).toBe("");
});

test("nonsense in an address is as if it were not there", () => {
  expect(readSearch(new URLSearchParams("from=-1&to=1e9&sort=sideways&server=orphan&a.rank=gold"))).toEqual(plain);
  expect(readSearch(new URLSearchParams("game=x&a.level=..&a.rank=%3Cb%3E&q=%20"))).toEqual({ ...plain, game: "x" });
});

test("the filter names what was asked for and nothing else", () => {
  expect(filterOf(plain, null)).toEqual({});
  expect(filterOf(full, "R2FtZTox")).toEqual({
    words: "满级 主号",
    gameId: "R2FtZTox",
    serverId: "U2VydmVyOjE=",
    priceFrom: "10",
    priceTo: "99.50",
    attributes: [
      { key: "rank", choices: ["gold", "silver"] },
      { key: "level", choices: [], from: 10, to: 60 },
      { key: "adult", choices: [], yes: true },
    ],
  });
});

test("widening keeps the words, the game and the order", () => {
  expect(narrowings(full)).toBe(6);
  expect(widened(full)).toEqual({ ...plain, words: "满级 主号", game: "genshin", sort: "CHEAPEST" });
  expect(narrowings(widened(full))).toBe(0);
});

test("of an attribute nothing is wanted once its last choice is taken back", () => {
  const one = wanting({ ...plain, game: "x" }, "rank", { choices: ["gold"] });
  expect(one.attributes).toEqual({ rank: { choices: ["gold"] } });
  expect(wanting(one, "rank", { choices: [] }).attributes).toEqual({});
});
