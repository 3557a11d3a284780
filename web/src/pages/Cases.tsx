import { useQuery } from "@apollo/client/react";
import { SegmentedControl, Stack } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { CaseTile } from "../features/dispute/CaseTile";
import { MyCasesDocument } from "../gql/case";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

/** The cases about one's own orders. */
export function Component() {
  const { t } = useTranslation("dispute");
  const [query, setQuery] = useSearchParams();
  const open = query.get("all") === null;
  return (
    <Page title={t("cases")} lead={t("casesLead")} size="md" back="/me">
      <SegmentedControl
        aria-label={t("which")}
        value={open ? "open" : "all"}
        onChange={(value) => setQuery(value === "open" ? {} : { all: "1" }, { replace: true })}
        data={[
          { value: "open", label: t("open") },
          { value: "all", label: t("all") },
        ]}
        style={{ alignSelf: "flex-start" }}
      />
      <List open={open} />
    </Page>
  );
}

function List({ open }: { open: boolean }) {
  const { t } = useTranslation("dispute");
  const { data, error, refetch, fetchMore } = useQuery(MyCasesDocument, { variables: { filter: { open }, first: 20 } });
  const page = data?.me?.cases;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) {
    return <Empty icon={<IconGavel size={40} stroke={1.4} aria-hidden />}>{open ? t("noneOpen") : t("none")}</Empty>;
  }
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <CaseTile key={node.id} row={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
