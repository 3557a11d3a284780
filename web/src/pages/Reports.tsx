import { useQuery } from "@apollo/client/react";
import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MyReportsDocument, type MyReportsQuery } from "../gql/report";
import { useFormat } from "../lib/format";
import { Endless } from "../ui/Endless";
import { Face } from "../ui/Face";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

type Report = NonNullable<NonNullable<MyReportsQuery["me"]>["reports"]>["edges"][number]["node"];

/** What one reported, and what came of it. */
export function Component() {
  const { t } = useTranslation("report");
  return (
    <Page title={t("mine")} lead={t("mineLead")} size="md" back="/me">
      <List />
    </Page>
  );
}

function List() {
  const { t } = useTranslation("report");
  const { data, error, refetch, fetchMore } = useQuery(MyReportsDocument, { variables: { first: 20 }, fetchPolicy: "cache-and-network" });
  const page = data?.me?.reports;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconFlag size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <Row key={node.id} report={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}

function Row({ report }: { report: Report }) {
  const { t } = useTranslation("report");
  const { moment } = useFormat();
  const { subjectKind, user, listing, message, reason, text, createdAt, outcome, decision } = report;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          {user ? <Face user={user} below={moment(createdAt)} /> : <Text c="dimmed">{moment(createdAt)}</Text>}
          <Badge variant="light" color={outcome === null ? "orange" : "gray"}>
            {outcome === null ? t("waiting") : t(`outcome.${outcome}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`subject.${subjectKind}`)} · {t(`reasons.${reason}`)}
        </Text>
        {listing && (
          <Anchor component={Link} to={`/listings/${listing.id}`} size="sm">
            {listing.title}
          </Anchor>
        )}
        {message && message.text !== "" && (
          <Text size="sm" className="written" lineClamp={4}>
            “{message.text}”
          </Text>
        )}
        <Text size="sm" className="written">
          {text}
        </Text>
        {decision !== null && (
          <Text size="sm" className="written" fw={500}>
            {t("decision", { text: decision })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
