import { useQuery } from "@apollo/client/react";
import { Skeleton, Stack } from "@mantine/core";
import { IconCash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { WithdrawalCard } from "../../features/review/WithdrawalCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { WithdrawalQueueDocument } from "../../gql/withdrawalReview";
import { Endless } from "../../ui/Endless";
import { Page } from "../../ui/Page";
import { Empty, Failure } from "../../ui/States";

/** Withdrawals that wait for an admin, the longest waiting first. */
export function Component() {
  const { t } = useTranslation("review");
  return (
    <Page title={t("withdrawals")} lead={t("withdrawalsLead")}>
      <QueueFilter />
      <Queue />
    </Page>
  );
}

function Queue() {
  const { t } = useTranslation("review");
  const filter = useQueueFilter();
  const { data, error, fetchMore, refetch } = useQuery(WithdrawalQueueDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.withdrawalQueue;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={240} radius="md" />;
  if (page.edges.length === 0) return <Empty icon={<IconCash size={40} stroke={1.4} aria-hidden />}>{t("noWithdrawals")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <WithdrawalCard key={node.withdrawal.id} review={node} decided={() => refetch()} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
