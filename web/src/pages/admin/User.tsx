import { useQuery } from "@apollo/client/react";
import { Grid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { DebtCard } from "../../features/staff/DebtCard";
import { FreezePanel } from "../../features/staff/FreezePanel";
import { ReportCard } from "../../features/staff/ReportCard";
import { StandingPanel } from "../../features/staff/StandingPanel";
import { Orders, Strikes, UserHead } from "../../features/staff/UserFacts";
import { AllDebtsDocument } from "../../gql/staffMoney";
import { StaffUserDocument, StaffUserReportsDocument } from "../../gql/staffUser";
import { Endless } from "../../ui/Endless";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";
import { WaitingParts } from "../../ui/Waiting";

/** What admins know of one user, and what they can do. */
export function Component() {
  const { t } = useTranslation("staff");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(StaffUserDocument, { variables: { userId: id }, fetchPolicy: "cache-and-network" });
  const file = data?.staffUser;
  return (
    <Page title={file?.user.nickname ?? t("user")} back="/admin/users">
      {!file && (error ? <Failure error={error} retry={() => refetch()} /> : <WaitingParts />)}
      {file && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Stack>
              <UserHead file={file} />
              <StandingPanel file={file} changed={() => refetch()} />
              <FreezePanel userId={id} />
              <Orders file={file} />
              <Strikes file={file} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <Stack gap="lg">
              <DebtsOf userId={id} />
              <ReportsOn userId={id} changed={() => refetch()} />
            </Stack>
          </Grid.Col>
        </Grid>
      )}
    </Page>
  );
}

function DebtsOf({ userId }: { userId: string }) {
  const { t } = useTranslation("staff");
  const { data, error, fetchMore, refetch } = useQuery(AllDebtsDocument, {
    variables: { filter: { debtorId: userId }, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.debts;
  return (
    <Stack component="section" gap="sm">
      <Title order={2} fz="md">
        {t("debts")}
      </Title>
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={120} radius="md" />)}
      {page?.edges.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("owesNothing")}
        </Text>
      )}
      {page?.edges.map(({ node }) => (
        <DebtCard key={node.id} debt={node} changed={() => refetch()} />
      ))}
      {page && <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />}
    </Stack>
  );
}

/** What was reported about him, open or decided. */
function ReportsOn({ userId, changed }: { userId: string; changed: () => unknown }) {
  const { t } = useTranslation("staff");
  const { data, error, fetchMore, refetch } = useQuery(StaffUserReportsDocument, {
    variables: { userId, first: 10 },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.staffUser?.reports;
  // A report can end on the blacklist, of which the file says as well.
  const again = () => Promise.all([refetch(), changed()]);
  return (
    <Stack component="section" gap="sm">
      <Title order={2} fz="md">
        {t("reportsOnHim")}
      </Title>
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={120} radius="md" />)}
      {page?.edges.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noReportsOnHim")}
        </Text>
      )}
      {page?.edges.map(({ node }) => (
        <ReportCard key={node.id} report={node} changed={again} />
      ))}
      {page && <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />}
    </Stack>
  );
}
