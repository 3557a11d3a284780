import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ListingDiscardDocument, ListingPutOnDocument, ListingSubmitDocument, ListingTakeOffDocument } from "../../gql/listing";
import type { ListingState } from "../../gql/schema";
import { useAct, type Outcome } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { isUnpriced } from "../selling/price";
import { Problems } from "../../ui/States";

interface OwnActionsProps {
  listing: { id: string; version: number; state: ListingState; price: { amount: string } };
  /** What to do when a draft was thrown away. */
  gone?: () => unknown;
}

/** What a seller can do with a listing of his, by where it stands. */
export function OwnActions({ listing, gone }: OwnActionsProps) {
  const { id, state } = listing;
  const { t } = useTranslation("listing");
  const { cache } = useApolloClient();
  const takeOff = useAct(ListingTakeOffDocument, (data) => data.listingTakeOff);
  const putOn = useAct(ListingPutOnDocument, (data) => data.listingPutOn);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const then = (outcome: Outcome<unknown>) => {
    setProblems(outcome.problems ?? []);
    if (!outcome.problems)
      for (const fieldName of ["myListings", "myListingCounts", "listings"]) cache.evict({ id: "ROOT_QUERY", fieldName });
  };
  const changeable = state !== "RESERVED" && state !== "SOLD" && state !== "REMOVED";
  if (!changeable) return null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button component={Link} to={`/sell/${id}`} size="compact-sm" variant="light">
          {t("edit")}
        </Button>
        {state === "ON_SALE" && (
          <Act name={t("takeOff")} busy={takeOff.busy} act={async () => then(await takeOff.run({ input: { id } }))} />
        )}
        {state === "OFF_SHELF" && <Act name={t("putOn")} busy={putOn.busy} act={async () => then(await putOn.run({ input: { id } }))} />}
        {(state === "DRAFT" || state === "REJECTED") && <Submit listing={listing} then={then} />}
        {state === "DRAFT" && <Discard id={id} then={then} gone={gone} />}
      </Group>
      <Problems of={problems} />
    </Stack>
  );
}

function Act({ name, busy, act }: { name: string; busy: boolean; act: () => Promise<void> }) {
  return (
    <Button size="compact-sm" variant="default" loading={busy} onClick={act}>
      {name}
    </Button>
  );
}

/** Sends it to review; a draft without a price goes to the form first, which asks for one. */
function Submit({ listing, then }: { listing: OwnActionsProps["listing"]; then: (outcome: Outcome<unknown>) => void }) {
  const { t } = useTranslation("listing");
  const { run, busy } = useAct(ListingSubmitDocument, (data) => data.listingSubmit);
  const { id, version } = listing;
  if (isUnpriced(listing)) {
    return (
      <Button component={Link} to={`/sell/${id}`} size="compact-sm" variant="default">
        {t("submit")}
      </Button>
    );
  }
  return <Act name={t("submit")} busy={busy} act={async () => then(await run({ input: { id, seenVersion: version } }))} />;
}

function Discard({ id, then, gone }: { id: string; then: (outcome: Outcome<unknown>) => void; gone: (() => unknown) | undefined }) {
  const { t } = useTranslation("listing");
  const { t: common } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useAct(ListingDiscardDocument, (data) => data.listingDiscard);
  const discard = async () => {
    const outcome = await run({ input: { id } });
    setAsking(false);
    then(outcome);
    if (outcome.done) await gone?.();
  };
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t("discard")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("discardTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Stack>
          <Text>{t("discardText")}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {common("cancel")}
            </Button>
            <Button color="red" loading={busy} onClick={discard}>
              {t("discard")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
