import { useQuery } from "@apollo/client/react";
import { Group, Paper, Rating, Stack, Text } from "@mantine/core";
import { IconStar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { UserReviewsDocument, type UserReviewsQuery } from "../../gql/record";
import { useFormat } from "../../lib/format";
import { Endless } from "../../ui/Endless";
import { Face } from "../../ui/Face";
import { Empty, Failure } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

type Review = NonNullable<UserReviewsQuery["userReviews"]>["edges"][number]["node"];

/** What others say of a user, the last shown first. */
export function Reviews({ userId }: { userId: string }) {
  const { t } = useTranslation("listing");
  const { data, error, fetchMore, refetch } = useQuery(UserReviewsDocument, { variables: { userId, first: 20 } });
  const page = data?.userReviews;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconStar size={40} stroke={1.4} aria-hidden />}>{t("noReviews")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ cursor, node }) => (
        <Said key={cursor} review={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}

function Said({ review: { by, asSeller, stars, text, writtenAt } }: { review: Review }) {
  const { t } = useTranslation("listing");
  const { day } = useFormat();
  return (
    <Paper withBorder p="md" component="article" aria-label={by.nickname}>
      <Face user={by} below={day(writtenAt)} />
      <Group gap="xs" mt="xs">
        <div role="img" aria-label={t("starsOf", { count: stars })}>
          <Rating value={stars} readOnly aria-hidden />
        </div>
        <Text size="sm" c="dimmed">
          {t(`saidOf.${asSeller ? "SELLER" : "BUYER"}`)}
        </Text>
      </Group>
      {text !== "" && (
        <Text mt="xs" className="written">
          {text}
        </Text>
      )}
    </Paper>
  );
}
