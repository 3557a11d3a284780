import { expect, test } from "vitest";
import { words as adminEn } from "./admin/en";
import { words as adminZh } from "./admin/zh-CN";
import { words as restEn } from "./en";
import { words as firstEn } from "./first/en";
import { words as firstZh } from "./first/zh-CN";
import { words as restZh } from "./zh-CN";

const en = { ...firstEn, ...restEn, ...adminEn };
const zh = { ...firstZh, ...restZh, ...adminZh };

interface Tree {
  [key: string]: string | Tree;
}

/** Every path of a tree with its text; English plurals count as one. */
function paths(tree: Tree, before = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[before + key, value] as [string, string]] : paths(value, `${before}${key}.`),
  );
}

const plain = (tree: Tree) => paths(tree).filter(([path]) => !path.endsWith("_one"));

test("both languages say the same things", () => {
  const names = (tree: Tree) =>
    plain(tree)
      .map(([path]) => path)
      .sort();
  expect(names(zh)).toEqual(names(en));
});

test("both fill in the same values", () => {
  const holes = (tree: Tree) => Object.fromEntries(plain(tree).map(([path, text]) => [path, (text.match(/\{\{\w+\}\}/g) ?? []).sort()]));
  expect(holes(zh)).toEqual(holes(en));
});

test("nothing is left empty, and every plural has both forms in English", () => {
  for (const [path, text] of [...paths(en), ...paths(zh)]) expect(text.trim(), path).not.toBe("");
  const all = new Set(paths(en).map(([path]) => path));
  for (const path of all) if (path.endsWith("_one")) expect(all).toContain(path.replace(/_one$/, "_other"));
});
