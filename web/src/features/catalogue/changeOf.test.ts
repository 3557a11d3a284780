import { expect, test } from "vitest";
import { changeOf, type AttributeValues } from "./changeOf";

const filled: AttributeValues = {
  key: "level",
  kind: "NUMBER",
  nameZh: "等级",
  nameEn: "Level",
  required: true,
  retired: false,
  position: 3,
  unitZh: "级",
  unitEn: "",
  least: 1,
  most: 60,
  choices: [{ key: "gold", nameEn: "Gold", nameZh: "黄金" }],
};
const shared = { nameZh: "等级", nameEn: "Level", required: true, retired: false, position: 3 };

test("a number has a range and a unit, and no choices", () => {
  expect(changeOf(filled)).toEqual({ ...shared, unitZh: "级", unitEn: "", least: 1, most: 60 });
});

test("a choice has choices, and neither range nor unit", () => {
  expect(changeOf({ ...filled, kind: "MANY_CHOICE" })).toEqual({ ...shared, choices: filled.choices });
});

test("other kinds have neither", () => {
  for (const kind of ["YES_NO", "TEXT"] as const) expect(changeOf({ ...filled, kind })).toEqual(shared);
});

test("what was left empty stays as it is", () => {
  expect(changeOf({ ...filled, position: "", least: "" })).toEqual({
    nameZh: "等级",
    nameEn: "Level",
    required: true,
    retired: false,
    unitZh: "级",
    unitEn: "",
    most: 60,
  });
});
