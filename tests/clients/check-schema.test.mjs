// What the comparison of schemas lets through, and what not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { breaking } from "./check-schema.mjs";

const BEFORE = `
  type Query {
    a(x: Int): Int
    gone: Int @deprecated(reason: "Use a instead. Removal on 2026-01-31 UTC.")
    undated: Int @deprecated(reason: "Use a instead.")
    e: E
  }
  enum E { ONE TWO @deprecated(reason: "Use ONE instead. Removal on 2026-01-31 UTC.") }
`;
const without = (line) => BEFORE.replace(line, "");
const GONE = `gone: Int @deprecated(reason: "Use a instead. Removal on 2026-01-31 UTC.")`;

for (const [what, after, today, types] of [
  ["nothing", BEFORE, "2026-02-01", []],
  ["a new field", BEFORE.replace("e: E", "e: E b: Int"), "2026-02-01", []],
  ["a removal on its day", without(GONE), "2026-01-31", []],
  ["a removal before its day", without(GONE), "2026-01-30", ["FIELD_REMOVED"]],
  ["a removal without a day", without(`undated: Int @deprecated(reason: "Use a instead.")`), "2026-02-01", ["FIELD_REMOVED"]],
  ["a removal without a word", without("e: E"), "2026-02-01", ["FIELD_REMOVED"]],
  ["an announced enum value", without(`TWO @deprecated(reason: "Use ONE instead. Removal on 2026-01-31 UTC.")`), "2026-02-01", []],
  ["another enum value", without("ONE TWO").replace("enum E {", "enum E { TWO"), "2026-02-01", ["VALUE_REMOVED_FROM_ENUM"]],
  ["a removed argument", without("(x: Int)"), "2026-02-01", ["ARG_REMOVED"]],
  ["a required argument", BEFORE.replace("(x: Int)", "(x: Int!)"), "2026-02-01", ["ARG_CHANGED_KIND"]],
  ["another type", BEFORE.replace("a(x: Int): Int", "a(x: Int): String"), "2026-02-01", ["FIELD_CHANGED_KIND"]],
]) {
  test(`${what}: ${types.join() || "fine"}`, () => {
    assert.deepEqual(breaking(BEFORE, after, today).map(({ type }) => type), types);
  });
}
