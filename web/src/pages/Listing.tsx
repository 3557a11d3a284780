import { useQuery } from "@apollo/client/react";
import { Alert, Anchor, Badge, Button, Container, Grid, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconInfoCircle, IconMessage, IconShieldLock } from "@tabler/icons-react";
import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { Attributes } from "../features/listing/Attributes";
import { Facts } from "../features/listing/Facts";
import { Gallery } from "../features/listing/Gallery";
import { FavouriteButton } from "../features/listing/FavouriteButton";
import { ListingStateBadge } from "../features/listing/ListingStateBadge";
import { OwnActions } from "../features/listing/OwnActions";
import { Similar } from "../features/listing/Similar";
import { OfferButton } from "../features/offer/OfferButton";
import { BuyButton } from "../features/order/BuyButton";
import { ReportButton } from "../features/report/ReportButton";
import { RecordLine } from "../features/seller/RecordLine";
import { isUnpriced } from "../features/selling/price";
import { ListingDocument, type ListingQuery } from "../gql/listing";
import { useFormat } from "../lib/format";
import { adminWords } from "../lib/words";
import { Face } from "../ui/Face";
import { GameIcon } from "../ui/GameIcon";
import { useTitle } from "../ui/Page";
import { Failure } from "../ui/States";
import { WaitingParts } from "../ui/Waiting";

// For admins alone, with their words.
const ListingCare = lazy(async () => {
  await adminWords();
  return import("../features/staff/ListingCare");
});

/** One listing, whole. */
export function Component() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(ListingDocument, { variables: { id } });
  const listing = data?.listing;
  useTitle(listing?.title ?? "");
  return (
    <Container size="xl" py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      {listing ? <Whole listing={listing} again={refetch} /> : error ? <Failure error={error} retry={() => refetch()} /> : <WaitingParts />}
    </Container>
  );
}

type Whole = NonNullable<ListingQuery["listing"]>;

interface WholeProps {
  listing: Whole;
  again: () => unknown;
}

function Whole({ listing, again }: WholeProps) {
  const { t } = useTranslation("listing");
  const me = useMe();
  const cares = me?.admin === true && me.id !== listing.seller.id;
  return (
    <Grid gap={{ base: "md", sm: "xl" }}>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Gallery pictures={listing.images} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <Head listing={listing} again={again} />
          <Paper withBorder p="md">
            <Seller listing={listing} />
          </Paper>
          <Suspense>{cares && <ListingCare listing={listing} again={again} />}</Suspense>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          {listing.attributes.length > 0 && (
            <Part title={t("attributes")}>
              <Attributes of={listing.attributes} />
            </Part>
          )}
          <Part title={t("description")}>
            <Text className="written">{listing.description}</Text>
          </Part>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Part title={t("promises")}>
          <Facts of={listing} />
        </Part>
      </Grid.Col>
      <Grid.Col span={12}>
        <Similar id={listing.id} />
      </Grid.Col>
    </Grid>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={title}>
      <Title order={2} fz="lg" mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Seller({ listing: { id, seller } }: { listing: Whole }) {
  const { t } = useTranslation("listing");
  const { t: chat } = useTranslation("chat");
  const { day } = useFormat();
  const own = useMe()?.id === seller.id;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Face user={seller} below={`${t("seller")} · ${t("memberSince", { at: day(seller.createdAt) })}`} />
        {!own && (
          <Button component={Link} to={`/chat/with/${seller.id}?listing=${id}`} variant="light" leftSection={<IconMessage size={18} />}>
            {chat("writeSeller")}
          </Button>
        )}
      </Group>
      <RecordLine userId={seller.id} />
      <Group justify="space-between">
        <Anchor component={Link} to={`/sellers/${seller.id}`} size="sm">
          {t("toSeller")}
        </Anchor>
        {!own && <ReportButton of={{ listingId: id }} />}
      </Group>
      {seller.bio !== "" && (
        <Text size="sm" c="dimmed" className="written" lineClamp={4}>
          {seller.bio}
        </Text>
      )}
    </Stack>
  );
}

function Head({ listing, again }: WholeProps) {
  const { t } = useTranslation("listing");
  const { money } = useFormat();
  const navigate = useNavigate();
  const own = useMe()?.id === listing.seller.id;
  const { state } = listing;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <GameIcon game={listing.game} size={24} />
        <Text size="sm" c="dimmed">
          {listing.game.name} · {listing.server.name}
        </Text>
        {state !== "ON_SALE" && <ListingStateBadge state={state} />}
        {listing.negotiable && <Badge variant="default">{t("negotiable")}</Badge>}
      </Group>
      <Title order={1} fz={{ base: 22, sm: 26 }} className="written">
        {listing.title}
      </Title>
      <Group gap="sm" align="baseline">
        <Text className="price" fz={28}>
          {isUnpriced(listing) ? t("unpriced") : money(listing.price)}
        </Text>
        <Text size="sm" c="dimmed">
          {t("views", { count: listing.views })}
        </Text>
      </Group>
      {listing.rejectReason !== null && (
        <Alert color="red" title={t(state === "REMOVED" ? "removed" : "rejected")}>
          <Text className="written" size="sm">
            {listing.rejectReason}
          </Text>
        </Alert>
      )}
      {own && (
        <Alert color="gray" icon={<IconInfoCircle />}>
          {t("own")}
          <OwnActions listing={listing} gone={() => navigate("/my/listings")} />
        </Alert>
      )}
      {!own && <ForBuyers listing={listing} again={again} />}
    </Stack>
  );
}

/** What others can do with it. What can no longer be bought can be taken off one's favourites. */
function ForBuyers({ listing, again }: WholeProps) {
  const { t } = useTranslation("listing");
  const { state, favourite, negotiable, deliveryHours } = listing;
  if (state !== "ON_SALE") {
    return (
      <>
        <Alert color="gray" icon={<IconInfoCircle />}>
          {t(`gone.${state}`)}
        </Alert>
        {favourite && <FavouriteButton listing={listing} />}
      </>
    );
  }
  return (
    <>
      <BuyButton listing={listing} again={again} />
      <FavouriteButton listing={listing} />
      {negotiable && <OfferButton listing={listing} again={again} />}
      <Alert variant="light" icon={<IconShieldLock />} title={t("safeTitle")}>
        {t("safe", { count: deliveryHours })}
      </Alert>
    </>
  );
}
