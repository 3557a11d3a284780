import { useQuery } from "@apollo/client/react";
import { IconGavel } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ReviewCard } from "../../features/review/ReviewCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { QueueView } from "../../features/staff/QueueView";
import { ReviewQueueDocument } from "../../gql/review";
import { Page } from "../../ui/Page";

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
  const decided = () => {
    client.cache.evict({ id: "ROOT_QUERY", fieldName: "listings" });
    void refetch();
  };
  return (
    <QueueView
      page={data?.reviewQueue}
      error={error}
      again={() => refetch()}
      fetchMore={(after) => fetchMore({ variables: { after } })}
      icon={<IconGavel size={40} stroke={1.4} aria-hidden />}
      empty={t("empty")}
    >
      {(listing) => <ReviewCard listing={listing} decided={decided} />}
    </QueueView>
  );
}
