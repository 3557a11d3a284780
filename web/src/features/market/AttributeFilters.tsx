import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { GamesQuery } from "../../gql/market";
import { Bounds } from "./Bounds";
import type { Facets } from "./Filters";
import { wanting, type Search, type Wanted } from "./search";
import { useCounted } from "./useCounted";

type Attribute = NonNullable<GamesQuery["games"]>[number]["attributes"][number];

interface AttributeFiltersProps {
  attributes: readonly Attribute[];
  facets: Facets | undefined;
  search: Search;
  choose: (search: Search) => void;
}

// So many choices are shown before somebody asks for all.
const FEW = 6;

/** What the game's attributes must say. Texts cannot be looked for here; the words of the search find them. */
export function AttributeFilters({ attributes, facets, search, choose }: AttributeFiltersProps) {
  return attributes.map((attribute) => {
    const wanted = search.attributes[attribute.key] ?? {};
    const want = (next: Wanted) => choose(wanting(search, attribute.key, next));
    switch (attribute.kind) {
      case "CHOICE":
      case "MANY_CHOICE":
        return <Choices key={attribute.key} attribute={attribute} facets={facets} wanted={wanted} want={want} />;
      case "NUMBER":
        return <Numbers key={attribute.key} attribute={attribute} wanted={wanted} want={want} />;
      case "YES_NO":
        return (
          <Checkbox
            key={attribute.key}
            label={attribute.name}
            checked={wanted.yes === true}
            onChange={({ currentTarget }) => want(currentTarget.checked ? { yes: true } : {})}
          />
        );
      case "TEXT":
        return null;
    }
  });
}

interface AttributeProps {
  attribute: Attribute;
  wanted: Wanted;
  want: (wanted: Wanted) => void;
}

function Choices({ attribute: { key, name, choices }, facets, wanted, want }: AttributeProps & { facets: Facets | undefined }) {
  const { t } = useTranslation("market");
  const counted = useCounted();
  const [all, setAll] = useState(false);
  const chosen = wanted.choices ?? [];
  const counts = facets?.attributes.find(({ attribute }) => attribute.key === key)?.choices;
  const countOf = (choice: string) => counts?.find((one) => one.choice.key === choice)?.count;
  // What nothing has is left out, unless it is chosen.
  const there = choices.filter((choice) => counts === undefined || countOf(choice.key) !== undefined || chosen.includes(choice.key));
  const shown = all ? there : there.filter((choice, place) => place < FEW || chosen.includes(choice.key));
  if (there.length === 0) return null;
  return (
    <Checkbox.Group label={name} value={[...chosen]} onChange={(next) => want({ choices: next })}>
      <Stack gap={6} mt={6}>
        {shown.map((choice) => {
          const count = countOf(choice.key);
          return (
            <Checkbox
              key={choice.key}
              size="sm"
              value={choice.key}
              label={
                <>
                  {choice.name}{" "}
                  {count && (
                    <Text span size="xs" c="dimmed">
                      ({counted(count)})
                    </Text>
                  )}
                </>
              }
            />
          );
        })}
        {there.length > shown.length && (
          <Button size="compact-xs" variant="subtle" style={{ alignSelf: "flex-start" }} onClick={() => setAll(true)}>
            {t("allChoices", { count: there.length })}
          </Button>
        )}
      </Stack>
    </Checkbox.Group>
  );
}

function Numbers({ attribute: { name, unit }, wanted, want }: AttributeProps) {
  const { t } = useTranslation("market");
  const { from, to } = wanted;
  const number = (text: string) => (text === "" ? undefined : Number(text));
  return (
    <Bounds
      key={`${from ?? ""} ${to ?? ""}`}
      name={unit === "" ? name : `${name} (${unit})`}
      from={from === undefined ? "" : String(from)}
      to={to === undefined ? "" : String(to)}
      worth={(text) => (/^\d{1,9}$/.test(text.trim()) ? BigInt(text.trim()) : undefined)}
      wrong={t("numberWrong")}
      choose={(least, most) => {
        const [lower, upper] = [number(least), number(most)];
        want({ ...(lower !== undefined && { from: lower }), ...(upper !== undefined && { to: upper }) });
      }}
    />
  );
}
