import { MultiSelect, NumberInput, type NumberInputProps, Select, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { GamesQuery } from "../../gql/market";
import type { ListingAttributeInput } from "../../gql/schema";
import type { SellForm } from "./useSellForm";

/** Something that a game asks of its listings. */
export type Attribute = NonNullable<GamesQuery["games"]>[number]["attributes"][number];

/** What the game asks of its listings: rank, level and the like. */
export function AttributeFields({ form, attributes }: { form: SellForm; attributes: readonly Attribute[] }) {
  if (attributes.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {attributes.map((attribute) => (
        <Field key={attribute.key} attribute={attribute} form={form} />
      ))}
    </SimpleGrid>
  );
}

function Field({ form, attribute }: { form: SellForm; attribute: Attribute }) {
  const { t } = useTranslation("selling");
  const { key, name, kind, required, unit, choices } = attribute;
  const said = form.values.attributes.find((one) => one.key === key);
  const say = (what: Partial<ListingAttributeInput> | undefined) => {
    const others = form.values.attributes.filter((one) => one.key !== key);
    form.setFieldValue("attributes", what === undefined ? others : [...others, { key, ...what }]);
  };
  const error = form.errors[`attributes.${key}`];
  const shared = { label: unit === "" ? name : `${name} (${unit})`, required, error };
  const data = choices.map((choice) => ({ value: choice.key, label: choice.name }));
  switch (kind) {
    case "CHOICE":
      return (
        <Select
          {...shared}
          data={data}
          searchable
          value={said?.choices?.[0] ?? null}
          onChange={(value) => say(value === null ? undefined : { choices: [value] })}
        />
      );
    case "MANY_CHOICE":
      return (
        <MultiSelect
          {...shared}
          data={data}
          searchable
          value={said?.choices ?? []}
          onChange={(values) => say(values.length === 0 ? undefined : { choices: values })}
        />
      );
    case "NUMBER":
      return <WholeNumber attribute={attribute} shared={shared} value={said?.number ?? ""} say={say} />;
    case "YES_NO":
      return (
        <Switch
          label={name}
          description={t("yesNo")}
          checked={said?.yes === true}
          onChange={(event) => say({ yes: event.currentTarget.checked })}
        />
      );
    case "TEXT":
      return (
        <TextInput
          {...shared}
          maxLength={100}
          value={said?.text ?? ""}
          onChange={(event) => say(event.currentTarget.value === "" ? undefined : { text: event.currentTarget.value })}
        />
      );
  }
}

interface WholeNumberProps {
  attribute: Attribute;
  shared: NumberInputProps;
  value: number | string;
  say: (what: Partial<ListingAttributeInput> | undefined) => void;
}

function WholeNumber({ attribute: { least, most }, shared, value, say }: WholeNumberProps) {
  const { t } = useTranslation("selling");
  return (
    <NumberInput
      {...shared}
      description={least !== null && most !== null ? t("range", { least, most }) : undefined}
      allowDecimal={false}
      min={least ?? 0}
      max={most ?? undefined}
      clampBehavior="blur"
      value={value}
      onChange={(typed) => say(typeof typed === "number" ? { number: typed } : undefined)}
    />
  );
}
