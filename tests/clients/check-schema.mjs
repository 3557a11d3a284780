// Compares schema.graphql with the one that clients know: that of the last release, else of where this branch left the main line, else of the
// last commit. What would break them fails, but for the removal of what was deprecated with a date that has passed.
//
//   node check-schema.mjs [REVISION]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, findBreakingChanges, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

const REMOVALS = new Set(["FIELD_REMOVED", "ARG_REMOVED", "VALUE_REMOVED_FROM_ENUM"]);
const DATE = /Removal on (\d{4}-\d{2}-\d{2}) UTC\./;

/** What breaks the clients of `before` in `after`, as seen on `today` (YYYY-MM-DD). */
export function breaking(before, after, today) {
  const old = buildSchema(before);
  return findBreakingChanges(old, buildSchema(after)).filter((change) => !wasAnnounced(old, change, today));
}

/** Whether something removed was deprecated, with a day that has come. */
function wasAnnounced(old, { type, description }, today) {
  if (!REMOVALS.has(type)) return false;
  const reason = reasonOf(old, description);
  const day = DATE.exec(reason ?? "")?.[1];
  return day !== undefined && day <= today;
}

/** The old deprecation of what a description names first: `Type.field was removed.`, `VALUE was removed from enum type Type.` */
function reasonOf(old, description) {
  const value = /^(\w+) was removed from enum type (\w+)\.$/.exec(description);
  if (value) return isEnumType(old.getType(value[2])) ? old.getType(value[2]).getValue(value[1])?.deprecationReason : undefined;
  const [, name, field, argument] = /^(\w+)\.(\w+)(?: arg (\w+))? was removed\.$/.exec(description) ?? [];
  const type = old.getType(name);
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return undefined;
  const found = type.getFields()[field];
  return argument ? found?.args?.find((known) => known.name === argument)?.deprecationReason : found?.deprecationReason;
}

const root = resolve(import.meta.dirname, "../..");
const git = (...words) => spawnSync("git", ["-C", root, ...words], { encoding: "utf8" });

/** The revision whose schema clients know. */
function known() {
  const tag = git("describe", "--tags", "--abbrev=0", "--match", "v*");
  if (tag.status === 0) return tag.stdout.trim();
  const fork = git("merge-base", "HEAD", "origin/main");
  return fork.status === 0 ? fork.stdout.trim() : "HEAD";
}

if (process.argv[1] === import.meta.filename) {
  const revision = process.argv[2] ?? known();
  const before = git("show", `${revision}:schema.graphql`);
  if (before.status !== 0) {
    console.log(`check-schema: no schema.graphql at ${revision}, so there is nothing to compare with`);
    process.exit(0);
  }
  const found = breaking(before.stdout, readFileSync(resolve(root, "schema.graphql"), "utf8"), new Date().toISOString().slice(0, 10));
  for (const { type, description } of found) console.error(`${type}: ${description}`);
  if (found.length > 0) {
    console.error(`check-schema: ${found.length} changes since ${revision} would break clients. Deprecate with "Removal on YYYY-MM-DD UTC." and wait.`);
    process.exit(1);
  }
  console.log(`check-schema: nothing since ${revision} breaks clients`);
}
