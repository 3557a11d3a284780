import { useQuery } from "@apollo/client/react";
import { Alert, Button, Container, Grid, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconInfoCircle, IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { Facts } from "../features/listing/Facts";
import { Gallery } from "../features/listing/Gallery";
import { ListingStateBadge } from "../features/listing/ListingStateBadge";
import { BuyButton } from "../features/order/BuyButton";
import { ListingDocument, type ListingQuery } from "../gql/listing";
import { useFormat } from "../lib/format";
import { Face } from "../ui/Face";
import { useTitle } from "../ui/Page";
import { Failure } from "../ui/States";

/** One listing, whole. */
export function Component() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(ListingDocument, { variables: { id } });
  const listing = data?.listing;
  useTitle(listing?.title ?? "");
  return (
    <Container py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      {listing ? (
        <Whole listing={listing} again={refetch} />
      ) : error ? (
        <Failure error={error} retry={() => refetch()} />
      ) : (
        <Skeleton height={420} radius="md" />
      )}
    </Container>
  );
}

interface WholeProps {
  listing: NonNullable<ListingQuery["listing"]>;
  again: () => unknown;
}

function Whole({ listing, again }: WholeProps) {
  const { t } = useTranslation("listing");
  return (
    <Grid gap={{ base: "md", sm: "xl" }}>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Gallery pictures={listing.images} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <Head listing={listing} again={again} />
          <Paper withBorder p="md">
            <Facts of={listing} />
          </Paper>
          <Paper withBorder p="md">
            <Seller listing={listing} />
          </Paper>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Title order={2} fz="lg" mb="xs">
          {t("description")}
        </Title>
        <Text className="written">{listing.description}</Text>
      </Grid.Col>
    </Grid>
  );
}

function Seller({ listing: { id, seller } }: { listing: NonNullable<ListingQuery["listing"]> }) {
  const { t } = useTranslation("listing");
  const { t: chat } = useTranslation("chat");
  const own = useMe()?.id === seller.id;
  return (
    <Group justify="space-between">
      <Face user={seller} below={t("seller")} />
      {!own && (
        <Button component={Link} to={`/chat/with/${seller.id}?listing=${id}`} variant="light" leftSection={<IconMessage size={18} />}>
          {chat("writeSeller")}
        </Button>
      )}
    </Group>
  );
}

function Head({ listing, again }: WholeProps) {
  const { t } = useTranslation("listing");
  const { money } = useFormat();
  const own = useMe()?.id === listing.seller.id;
  return (
    <Stack gap="xs">
      {listing.state !== "ON_SALE" && <ListingStateBadge state={listing.state} />}
      <Title order={1} fz={{ base: 22, sm: 26 }} className="written">
        {listing.title}
      </Title>
      <Text className="price" fz={28}>
        {money(listing.price)}
      </Text>
      {listing.rejectReason !== null && (
        <Alert color="red" title={t("rejected")}>
          <Text className="written" size="sm">
            {listing.rejectReason}
          </Text>
        </Alert>
      )}
      {!own && listing.state === "ON_SALE" && <BuyButton listing={listing} again={again} />}
      {own && (
        <Alert color="gray" icon={<IconInfoCircle />}>
          {t("own")}
        </Alert>
      )}
    </Stack>
  );
}
