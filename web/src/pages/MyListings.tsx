import { useQuery } from "@apollo/client/react";
import { Button, Group, Stack } from "@mantine/core";
import { IconPlus, IconTags } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ListingRow } from "../features/listing/ListingRow";
import { MyListingCountsDocument, MyListingsDocument } from "../gql/listing";
import type { ListingState } from "../gql/schema";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

/** What somebody offers, in every state. */
export function Component() {
  const { t } = useTranslation("listing");
  const sell = (
    <Button component={Link} to="/sell" leftSection={<IconPlus size={18} />}>
      {t("offer")}
    </Button>
  );
  return (
    <Page title={t("mine")} actions={sell} size="md">
      <List />
    </Page>
  );
}

function List() {
  const { t } = useTranslation("listing");
  const [state, setState] = useState<ListingState | null>(null);
  const filter = { states: state === null ? [] : [state] };
  const { data, error, fetchMore, refetch } = useQuery(MyListingsDocument, { variables: { first: 20, filter } });
  const page = data?.myListings;
  return (
    <Stack gap="sm">
      <States chosen={state} choose={setState} />
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />)}
      {page?.edges.length === 0 && (
        <Empty icon={<IconTags size={40} stroke={1.4} aria-hidden />}>{state === null ? t("noneMine") : t("noneInState")}</Empty>
      )}
      {page?.edges.map(({ node }) => (
        <ListingRow key={node.id} listing={node} />
      ))}
      {page && <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />}
    </Stack>
  );
}

/** The states in which one has listings, with how many. */
function States({ chosen, choose }: { chosen: ListingState | null; choose: (state: ListingState | null) => void }) {
  const { t } = useTranslation("listing");
  const { data } = useQuery(MyListingCountsDocument);
  const counts = data?.myListingCounts ?? [];
  if (counts.length === 0) return null;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const chip = (state: ListingState | null, name: string, count: number) => (
    <Button
      key={state ?? ""}
      size="compact-sm"
      radius="xl"
      fw={500}
      variant={chosen === state ? "filled" : "default"}
      aria-pressed={chosen === state}
      onClick={() => choose(state)}
    >
      {name} {count}
    </Button>
  );
  return (
    <Group gap="xs" role="group" aria-label={t("inState")}>
      {chip(null, t("allStates"), all)}
      {counts.map(({ state, count }) => chip(state, t(`state.${state}`), count))}
    </Group>
  );
}
