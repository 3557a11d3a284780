import { Button, Grid, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListingApproveDocument, ListingRejectDocument, type ReviewQueueQuery } from "../../gql/review";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";
import { Attributes } from "../listing/Attributes";
import { Facts } from "../listing/Facts";
import { Gallery } from "../listing/Gallery";
import { PersonLink } from "../staff/PersonLink";
import { ClaimBar } from "./ClaimBar";
import { ReasonDialog } from "./ReasonDialog";

/** A listing that waits for review. */
export type Waiting = NonNullable<ReviewQueueQuery["reviewQueue"]>["edges"][number]["node"];

interface ReviewCardProps {
  listing: Waiting;
  decided: () => void;
}

/** All there is to see of a listing, and the two decisions. */
export function ReviewCard({ listing, decided }: ReviewCardProps) {
  const { t } = useTranslation("review");
  const { money } = useFormat();
  const me = useMe()?.id;
  const own = me === listing.seller.id;
  const taken = listing.reviewClaim !== null && listing.reviewClaim.by.id !== me;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="article" aria-label={listing.title}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, sm: 5 }}>
          <Gallery pictures={listing.images} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 7 }}>
          <Stack gap="sm">
            <Title order={2} fz="xl" className="written">
              {listing.title}
            </Title>
            <Text className="price" fz="lg">
              {money(listing.price)}
            </Text>
            <Text className="written">{listing.description}</Text>
            <SimpleGrid cols={{ base: 1, md: listing.attributes.length > 0 ? 2 : 1 }} spacing="xl" verticalSpacing={0}>
              <Attributes of={listing.attributes} />
              <Facts of={listing} />
            </SimpleGrid>
            <PersonLink user={listing.seller} />
            {own ? (
              <Text size="sm" c="dimmed">
                {t("own")}
              </Text>
            ) : (
              <ClaimBar listing={listing} />
            )}
            {!own && !taken && <Decision listing={listing} decided={decided} />}
          </Stack>
        </Grid.Col>
      </Grid>
    </Paper>
  );
}

function Decision({ listing, decided }: ReviewCardProps) {
  const { t } = useTranslation("review");
  const { run, busy } = useAct(ListingApproveDocument, (data) => data.listingApprove);
  const rejection = useAct(ListingRejectDocument, (data) => data.listingReject);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const approve = async () => {
    const outcome = await run({ input: { id: listing.id, version: listing.version } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) decided();
  };
  return (
    <>
      <Problems of={problems} />
      <Group>
        <Button leftSection={<IconCheck size={18} />} loading={busy} onClick={approve}>
          {t("approve")}
        </Button>
        <Button color="red" variant="light" leftSection={<IconX size={18} />} disabled={busy} onClick={() => setRejecting(true)}>
          {t("reject")}
        </Button>
      </Group>
      <ReasonDialog
        title={t("rejectTitle")}
        hint={t("reasonHint")}
        opened={rejecting}
        busy={rejection.busy}
        send={(reason) => rejection.run({ input: { id: listing.id, version: listing.version, reason } })}
        close={() => setRejecting(false)}
        decided={decided}
      />
    </>
  );
}
