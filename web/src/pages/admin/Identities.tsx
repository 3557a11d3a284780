import { useQuery } from "@apollo/client/react";
import { IconId } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { IdentityCard } from "../../features/review/IdentityCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { QueueView } from "../../features/staff/QueueView";
import { IdentityQueueDocument } from "../../gql/identity";
import { Page } from "../../ui/Page";

/** Real names that wait for an admin, the longest waiting first. */
export function Component() {
  const { t } = useTranslation("review");
  return (
    <Page title={t("identities")} lead={t("identitiesLead")}>
      <QueueFilter />
      <Queue />
    </Page>
  );
}

function Queue() {
  const { t } = useTranslation("review");
  const filter = useQueueFilter();
  // What is shown of a person is not kept: each visit asks anew, and each look is on record.
  const { data, error, fetchMore, refetch } = useQuery(IdentityQueueDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "network-only",
  });
  return (
    <QueueView
      page={data?.identityQueue}
      error={error}
      again={() => refetch()}
      fetchMore={(after) => fetchMore({ variables: { after } })}
      icon={<IconId size={40} stroke={1.4} aria-hidden />}
      empty={t("noIdentities")}
    >
      {(review) => <IdentityCard review={review} changed={() => refetch()} />}
    </QueueView>
  );
}
