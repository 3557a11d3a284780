import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

interface QueueViewProps<N> {
  page: { edges: { cursor: string; node: N }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
  error: unknown;
  again: () => unknown;
  fetchMore: (after: string | null) => Promise<unknown>;
  icon: ReactNode;
  /** What is said when nothing waits. */
  empty: string;
  children: (node: N) => ReactNode;
}

/** A list of the console in all its states. */
export function QueueView<N>({ page, error, again, fetchMore, icon, empty, children }: QueueViewProps<N>) {
  if (!page) return error ? <Failure error={error} retry={again} /> : <WaitingRows />;
  if (page.edges.length === 0) {
    return (
      <Empty icon={icon} action={<WayOn />}>
        {empty}
      </Empty>
    );
  }
  return (
    <Stack gap="sm">
      {page.edges.map(({ cursor, node }) => (
        <div key={cursor}>{children(node)}</div>
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore(page.pageInfo.endCursor)} />
    </Stack>
  );
}

/** From an empty list: without what narrows it, or back to where everything that waits is counted. */
function WayOn() {
  const { t } = useTranslation("staff");
  const { t: market } = useTranslation("market");
  const { pathname, search } = useLocation();
  return (
    <Button component={Link} to={search === "" ? "/admin" : pathname} variant="light">
      {search === "" ? t("overview") : market("widen")}
    </Button>
  );
}
