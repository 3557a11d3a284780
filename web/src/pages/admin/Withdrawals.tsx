import { useQuery } from "@apollo/client/react";
import { IconCash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { WithdrawalCard } from "../../features/review/WithdrawalCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { QueueView } from "../../features/staff/QueueView";
import { WithdrawalQueueDocument } from "../../gql/withdrawalReview";
import { Page } from "../../ui/Page";

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
  return (
    <QueueView
      page={data?.withdrawalQueue}
      error={error}
      again={() => refetch()}
      fetchMore={(after) => fetchMore({ variables: { after } })}
      icon={<IconCash size={40} stroke={1.4} aria-hidden />}
      empty={t("noWithdrawals")}
    >
      {(review) => <WithdrawalCard review={review} decided={() => refetch()} />}
    </QueueView>
  );
}
