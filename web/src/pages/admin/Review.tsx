import { useQuery } from "@apollo/client/react";
import { Skeleton, Stack } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ReviewCard } from "../../features/review/ReviewCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { ReviewQueueDocument } from "../../gql/review";
import { Endless } from "../../ui/Endless";
import { Page } from "../../ui/Page";
import { Empty, Failure } from "../../ui/States";

/** What waits for review, the longest waiting first. */
export function Component() {
  const { t } = useTranslation("review");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <QueueFilter />
      <Queue />
    </Page>
  );
}

function Queue() {
  const { t } = useTranslation("review");
  const filter = useQueueFilter();
  const { data, error, fetchMore, refetch, client } = useQuery(ReviewQueueDocument, {
    variables: { filter, first: 10 },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.reviewQueue;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={320} radius="md" />;
  const decided = () => {
    client.cache.evict({ id: "ROOT_QUERY", fieldName: "listings" });
    void refetch();
  };
  if (page.edges.length === 0) return <Empty icon={<IconGavel size={40} stroke={1.4} aria-hidden />}>{t("empty")}</Empty>;
  return (
    <Stack gap="lg">
      {page.edges.map(({ node }) => (
        <ReviewCard key={node.id} listing={node} decided={decided} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
