import { Button, Group, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListingReviewClaimDocument, ListingReviewReleaseDocument } from "../../gql/review";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";
import type { Waiting } from "./ReviewCard";

/** Who looks at a listing at present, and taking it or giving it back. */
export function ClaimBar({ listing: { id, reviewClaim } }: { listing: Waiting }) {
  const { t } = useTranslation("review");
  const { moment } = useFormat();
  const me = useMe()?.id;
  const claim = useAct(ListingReviewClaimDocument, (data) => data.listingReviewClaim);
  const release = useAct(ListingReviewReleaseDocument, (data) => data.listingReviewRelease);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const mine = reviewClaim !== null && reviewClaim.by.id === me;
  const act = async () => {
    const outcome = await (mine ? release : claim).run({ input: { id } });
    setProblems(outcome.problems ?? []);
  };
  if (reviewClaim !== null && !mine) {
    return (
      <Text size="sm" c="dimmed">
        {t("claimedBy", { name: reviewClaim.by.nickname, at: moment(reviewClaim.until) })}
      </Text>
    );
  }
  return (
    <>
      <Group gap="sm">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconHandStop size={16} />}
          loading={claim.busy || release.busy}
          onClick={act}
        >
          {mine ? t("release") : t("claim")}
        </Button>
        <Text size="sm" c="dimmed">
          {mine ? t("yoursUntil", { at: moment(reviewClaim.until) }) : t("claimHint")}
        </Text>
      </Group>
      <Problems of={problems} />
    </>
  );
}
