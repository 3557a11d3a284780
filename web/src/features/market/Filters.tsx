import { useQuery } from "@apollo/client/react";
import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { GamesDocument } from "../../gql/market";
import { fenOf } from "../../lib/amount";
import { narrowings, widened, type Search } from "./search";

interface FiltersProps {
  search: Search;
  choose: (search: Search) => void;
}

/** What narrows the list: server and price. */
export default function Filters({ search, choose }: FiltersProps) {
  const { t } = useTranslation("market");
  return (
    <Stack gap="md">
      <Servers search={search} choose={choose} />
      <Prices key={`${search.from} ${search.to}`} search={search} choose={choose} />
      {narrowings(search) > 0 && (
        <Button variant="subtle" color="gray" onClick={() => choose(widened(search))}>
          {t("widen")}
        </Button>
      )}
    </Stack>
  );
}

function Servers({ search, choose }: FiltersProps) {
  const { t } = useTranslation("market");
  const { data } = useQuery(GamesDocument);
  const servers = data?.games?.find(({ slug }) => slug === search.game)?.servers ?? [];
  return (
    <NativeSelect
      label={t("server")}
      description={search.game === null ? t("serverNeedsGame") : undefined}
      disabled={servers.length === 0}
      value={search.server ?? ""}
      onChange={({ currentTarget: { value } }) => choose({ ...search, server: value === "" ? null : value })}
      data={[{ value: "", label: t("anyServer") }, ...servers.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}

/** Both bounds are sent together, so that no half of them is asked for. */
function Prices({ search, choose }: FiltersProps) {
  const { t } = useTranslation("market");
  const [from, setFrom] = useState(search.from);
  const [to, setTo] = useState(search.to);
  const wrong = priceProblem(from, to);
  const apply = (event: SyntheticEvent) => {
    event.preventDefault();
    if (wrong === null) choose({ ...search, from: from.trim(), to: to.trim() });
  };
  const changed = from.trim() !== search.from || to.trim() !== search.to;
  const amount = { inputMode: "decimal", autoComplete: "off", leftSection: "¥" } as const;
  return (
    <form onSubmit={apply} noValidate>
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap" align="flex-end" grow>
          <TextInput
            {...amount}
            label={t("priceFrom")}
            value={from}
            error={wrong !== null}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            {...amount}
            label={t("priceTo")}
            value={to}
            error={wrong === null ? undefined : t(wrong)}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </Group>
        <Button type="submit" variant="light" disabled={!changed || wrong !== null}>
          {t("apply")}
        </Button>
      </Stack>
    </form>
  );
}

/** What is wrong with two bounds as typed, as the name of its words. */
function priceProblem(from: string, to: string): "priceWrong" | "priceTurned" | null {
  const bounds = [from, to].map((text) => (text.trim() === "" ? null : fenOf(text)));
  if (bounds.includes(undefined)) return "priceWrong";
  const [least, most] = bounds;
  return least != null && most != null && least > most ? "priceTurned" : null;
}
