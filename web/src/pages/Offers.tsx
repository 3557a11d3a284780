import { useQuery } from "@apollo/client/react";
import { SegmentedControl, Stack, Tabs } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMatch, useNavigate, useSearchParams } from "react-router";
import { OfferTile } from "../features/offer/OfferTile";
import { MadeOffersDocument, ReceivedOffersDocument, type OfferRowFragment } from "../gql/offer";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

const WHICH = ["open", "ended", "all"] as const;

/** One's offers: those one made, and those for what one sells. */
export function Component() {
  const { t } = useTranslation("offer");
  const navigate = useNavigate();
  const made = useMatch("/offers/made") !== null;
  const [query, setQuery] = useSearchParams();
  const which = WHICH.find((one) => one === query.get("which")) ?? "open";
  const filter = which === "all" ? undefined : { open: which === "open" };
  return (
    <Page title={t(made ? "made" : "received")} size="md" back="/me">
      <Tabs value={made ? "made" : "received"} onChange={(tab) => void navigate(`/offers/${tab ?? "made"}`)}>
        <Tabs.List mb="md">
          <Tabs.Tab value="made">{t("made")}</Tabs.Tab>
          <Tabs.Tab value="received">{t("received")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={made ? "made" : "received"}>
          <SegmentedControl
            mb="md"
            aria-label={t("which.label")}
            value={which}
            onChange={(value) => setQuery({ which: value }, { replace: true })}
            data={WHICH.map((value) => ({ value, label: t(`which.${value}`) }))}
          />
          {made ? <Made filter={filter} /> : <Received filter={filter} />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

interface ListProps {
  filter: { open: boolean } | undefined;
}

function Made({ filter }: ListProps) {
  const { data, error, refetch, fetchMore } = useQuery(MadeOffersDocument, { variables: { first: 20, filter } });
  return (
    <Shown
      page={data?.madeOffers}
      error={error}
      again={() => refetch()}
      more={(after) => fetchMore({ variables: { after } })}
      none="noneMade"
    />
  );
}

function Received({ filter }: ListProps) {
  const { data, error, refetch, fetchMore } = useQuery(ReceivedOffersDocument, { variables: { first: 20, filter } });
  return (
    <Shown
      page={data?.receivedOffers}
      error={error}
      again={() => refetch()}
      more={(after) => fetchMore({ variables: { after } })}
      none="noneReceived"
    />
  );
}

interface ShownProps {
  page: { edges: { node: OfferRowFragment }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
  error: unknown;
  again: () => unknown;
  more: (after: string | null) => Promise<unknown>;
  none: "noneMade" | "noneReceived";
}

function Shown({ page, error, again, more, none }: ShownProps) {
  const { t } = useTranslation("offer");
  if (!page) return error === undefined ? <WaitingRows /> : <Failure error={error} retry={again} />;
  if (page.edges.length === 0) return <Empty icon={<IconTag size={40} stroke={1.4} aria-hidden />}>{t(none)}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <OfferTile key={node.id} offer={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => more(page.pageInfo.endCursor)} />
    </Stack>
  );
}
