import { expect, test } from "vitest";
import { withDefaults } from "./withDefaults";

test("an untouched switch means no; any other required attribute is missing", () => {
  const asked = [
    { key: "rank", kind: "CHOICE", required: true },
    { key: "ranked", kind: "YES_NO", required: true },
    { key: "note", kind: "TEXT", required: false },
  ];
  const { said, missing } = withDefaults(asked, []);
  expect(said).toEqual([{ key: "ranked", yes: false }]);
  expect(missing.map(({ key }) => key)).toEqual(["rank"]);
  expect(withDefaults(asked, [{ key: "rank", choices: ["gold"] }]).missing).toEqual([]);
});
