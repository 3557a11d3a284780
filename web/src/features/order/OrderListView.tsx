import { NativeSelect, Stack } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { OrderRowFragment } from "../../gql/order";
import type { OrderState } from "../../gql/schema";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { OrderTile } from "./OrderTile";
import { WaitingRows } from "../../ui/Waiting";

const STATES: readonly OrderState[] = [
  "AWAITING_PAYMENT",
  "PAID",
  "DELIVERED",
  "RETURN_REQUESTED",
  "RETURN_INSPECTION",
  "IN_DISPUTE",
  "COMPLETED",
  "REFUNDED",
  "SPLIT",
  "CANCELLED",
];

/** The state that the address asks for, and how to change it. */
export function useStateFilter() {
  const [query, setQuery] = useSearchParams();
  const state = STATES.find((one) => one === query.get("state"));
  const choose = (value: string) => setQuery(value === "" ? {} : { state: value }, { replace: true });
  return { state, filter: state === undefined ? undefined : { state }, choose };
}

/** Chooses which orders are shown. */
export function StateFilter({ state, choose }: { state: OrderState | undefined; choose: (value: string) => void }) {
  const { t } = useTranslation("order");
  const data: { value: string; label: string }[] = [
    { value: "", label: t("all") },
    ...STATES.map((one) => ({ value: one, label: t(`state.${one}`) })),
  ];
  return (
    <NativeSelect
      aria-label={t("filter")}
      value={state ?? ""}
      onChange={(event) => choose(event.currentTarget.value)}
      data={data}
      maw={{ base: "100%", sm: 260 }}
    />
  );
}

interface OrderListViewProps {
  page: { edges: { node: OrderRowFragment }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
  error: unknown;
  refetch: () => unknown;
  fetchMore: (after: string | null) => Promise<unknown>;
}

/** A list of orders in all its states. */
export function OrderListView({ page, error, refetch, fetchMore }: OrderListViewProps) {
  const { t } = useTranslation("order");
  if (!page) return error === undefined ? <WaitingRows /> : <Failure error={error} retry={refetch} />;
  if (page.edges.length === 0) return <Empty icon={<IconReceipt size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <OrderTile key={node.id} order={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore(page.pageInfo.endCursor)} />
    </Stack>
  );
}
