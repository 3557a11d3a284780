import { useQuery } from "@apollo/client/react";
import { Anchor, Grid, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { DebtCard } from "../../features/staff/DebtCard";
import { FreezePanel } from "../../features/staff/FreezePanel";
import { RecordLine } from "../../features/seller/RecordLine";
import { SellerDocument } from "../../gql/seller";
import { AllDebtsDocument } from "../../gql/staffMoney";
import { useFormat } from "../../lib/format";
import { Face } from "../../ui/Face";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";

/** What admins know of one user, and what they can do. */
export function Component() {
  const { t } = useTranslation("staff");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(SellerDocument, { variables: { id, first: 1 } });
  const user = data?.seller?.user;
  return (
    <Page title={user?.nickname ?? t("user")}>
      {!user && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={240} radius="md" />)}
      {user && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Stack>
              <Head user={user} />
              <FreezePanel userId={id} />
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 7 }}>
            <DebtsOf userId={id} />
          </Grid.Col>
        </Grid>
      )}
    </Page>
  );
}

type User = Parameters<typeof Face>[0]["user"] & { id: string; createdAt: string };

function Head({ user }: { user: User }) {
  const { t } = useTranslation("staff");
  const { t: listing } = useTranslation("listing");
  const { day } = useFormat();
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Face user={user} size={52} below={listing("memberSince", { at: day(user.createdAt) })} />
        <RecordLine userId={user.id} />
        <Anchor component={Link} to={`/sellers/${user.id}`} size="sm">
          {t("publicPage")}
        </Anchor>
      </Stack>
    </Paper>
  );
}

function DebtsOf({ userId }: { userId: string }) {
  const { t } = useTranslation("staff");
  const { data, error, refetch } = useQuery(AllDebtsDocument, {
    variables: { filter: { debtorId: userId }, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  const edges = data?.debts?.edges;
  return (
    <Stack component="section" gap="sm">
      <Title order={2} fz="md">
        {t("debts")}
      </Title>
      {!edges && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={120} radius="md" />)}
      {edges?.length === 0 && <Text c="dimmed">{t("owesNothing")}</Text>}
      {edges?.map(({ node }) => (
        <DebtCard key={node.id} debt={node} changed={() => refetch()} />
      ))}
    </Stack>
  );
}
