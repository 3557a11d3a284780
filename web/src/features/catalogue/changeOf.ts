import type { AttributeKind, GameAttributeChangeInput } from "../../gql/schema";

/** An option of a choice, in both languages. */
export interface Choice {
  key: string;
  nameEn: string;
  nameZh: string;
}

/** What an admin fills in about an attribute. */
export interface AttributeValues {
  key: string;
  kind: AttributeKind;
  nameZh: string;
  nameEn: string;
  required: boolean;
  retired: boolean;
  position: number | string;
  unitZh: string;
  unitEn: string;
  least: number | string;
  most: number | string;
  choices: Choice[];
}

/** What an attribute of this kind takes of what was filled in. */
export function changeOf(values: AttributeValues): GameAttributeChangeInput {
  const { kind, nameZh, nameEn, required, retired, position, unitZh, unitEn, least, most, choices } = values;
  const shared = { nameZh, nameEn, required, retired, ...whole("position", position) };
  if (kind === "NUMBER") return { ...shared, unitZh, unitEn, ...whole("least", least), ...whole("most", most) };
  if (kind === "CHOICE" || kind === "MANY_CHOICE") return { ...shared, choices };
  return shared;
}

/** A number field that may have been left empty. */
function whole(name: "position" | "least" | "most", value: number | string): Partial<Record<typeof name, number>> {
  return typeof value === "number" ? { [name]: value } : {};
}
