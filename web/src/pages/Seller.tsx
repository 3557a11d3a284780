import { useQuery } from "@apollo/client/react";
import { Avatar, Button, Container, Group, Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconMessage, IconTags } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { TileGrid } from "../features/market/TileGrid";
import { ReportButton } from "../features/report/ReportButton";
import { RecordLine } from "../features/seller/RecordLine";
import { Reviews } from "../features/seller/Reviews";
import { SellerDocument, type SellerQuery } from "../gql/seller";
import { useFormat } from "../lib/format";
import { Endless } from "../ui/Endless";
import { useTitle } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingParts } from "../ui/Waiting";

type Seller = NonNullable<SellerQuery["seller"]>;

/** A seller as everybody sees him, with what he has on sale and what is said of him. */
export function Component() {
  const { t } = useTranslation("listing");
  const { id = "" } = useParams();
  const { data, error, fetchMore, refetch } = useQuery(SellerDocument, { variables: { id, first: 24 } });
  const [query, setQuery] = useSearchParams();
  const tab = query.get("tab") === "reviews" ? "reviews" : "goods";
  const seller = data?.seller;
  useTitle(seller?.user.nickname ?? t("seller"));
  return (
    <Container size="xl" py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      {seller ? (
        <Stack gap="lg">
          <Head user={seller.user} />
          <Tabs
            value={tab}
            onChange={(value) => setQuery(value === "reviews" ? { tab: value } : {}, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="goods">{t("sellerListings")}</Tabs.Tab>
              <Tabs.Tab value="reviews">{t("userReviews")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="goods">
              <Goods page={seller.listings} fetchMore={(after) => fetchMore({ variables: { after } })} />
            </Tabs.Panel>
            <Tabs.Panel value="reviews">
              <Reviews userId={id} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      ) : error ? (
        <Failure error={error} retry={() => refetch()} />
      ) : (
        <WaitingParts />
      )}
    </Container>
  );
}

function Head({ user }: { user: Seller["user"] }) {
  const { t } = useTranslation("listing");
  const { t: chat } = useTranslation("chat");
  const { day } = useFormat();
  const own = useMe()?.id === user.id;
  return (
    <Paper withBorder p={{ base: "md", sm: "xl" }}>
      <Group justify="space-between" gap="md">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          <Avatar
            size={72}
            radius="xl"
            color={user.banned ? "gray" : "initials"}
            src={user.avatarUrl}
            name={user.banned ? "" : user.nickname}
            aria-hidden
          />
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Title order={1} fz={{ base: 22, sm: 28 }} c={user.banned ? "dimmed" : undefined} className="written">
              {user.nickname}
            </Title>
            <Text size="sm" c="dimmed">
              {t("memberSince", { at: day(user.createdAt) })}
            </Text>
            <RecordLine userId={user.id} />
            {!own && !user.banned && (
              <div>
                <ReportButton of={{ userId: user.id }} />
              </div>
            )}
          </Stack>
        </Group>
        {!own && !user.banned && (
          <Button component={Link} to={`/chat/with/${user.id}`} variant="light" leftSection={<IconMessage size={18} />}>
            {chat("writeSeller")}
          </Button>
        )}
      </Group>
      {user.bio !== "" && (
        <Text className="written" mt="md">
          {user.bio}
        </Text>
      )}
    </Paper>
  );
}

function Goods({ page, fetchMore }: { page: Seller["listings"]; fetchMore: (after: string | null) => Promise<unknown> }) {
  const { t } = useTranslation("listing");
  if (page.edges.length === 0) return <Empty icon={<IconTags size={40} stroke={1.4} aria-hidden />}>{t("noneOfSeller")}</Empty>;
  const more = page.pageInfo.hasNextPage;
  return (
    <div>
      <TileGrid listings={page.edges.map(({ node }) => node)} label={t("sellerListings")} more={more} />
      <Endless more={more} fetchMore={() => fetchMore(page.pageInfo.endCursor)} />
    </div>
  );
}
