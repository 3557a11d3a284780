import { useQuery } from "@apollo/client/react";
import { Skeleton, Stack } from "@mantine/core";
import { IconId } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { IdentityCard } from "../../features/review/IdentityCard";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { IdentityQueueDocument } from "../../gql/identity";
import { Endless } from "../../ui/Endless";
import { Page } from "../../ui/Page";
import { Empty, Failure } from "../../ui/States";

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
  const page = data?.identityQueue;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={240} radius="md" />;
  if (page.edges.length === 0) return <Empty icon={<IconId size={40} stroke={1.4} aria-hidden />}>{t("noIdentities")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <IdentityCard key={node.user.id} review={node} changed={() => refetch()} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
