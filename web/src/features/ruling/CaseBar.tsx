import { Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CaseClaimDocument, CaseReleaseDocument, type ReviewWholeFragment } from "../../gql/caseReview";
import { isOver } from "../dispute/stand";
import { useCaseStep } from "../dispute/useCaseAct";
import { TakeBar } from "../staff/TakeBar";
import { useMe } from "../account/useMe";

/** Who looks at a case, taking it and giving it back. */
export function CaseBar({ review: { case: case_, claimedBy } }: { review: ReviewWholeFragment }) {
  const { t } = useTranslation("ruling");
  const { t: staff } = useTranslation("staff");
  const me = useMe()?.id;
  const claim = useCaseStep(CaseClaimDocument, (data) => data.caseClaim);
  const release = useCaseStep(CaseReleaseDocument, (data) => data.caseRelease);
  const { id, state, buyer, seller } = case_;
  if (isOver(state)) return null;
  const own = buyer.id === me || seller.id === me;
  return (
    <Paper withBorder px={{ base: "md", sm: "lg" }} py="md">
      <Stack gap="sm">
        {own ? (
          <Text size="sm" c="dimmed">
            {staff("ownMatter")}
          </Text>
        ) : (
          <TakeBar
            claimedBy={claimedBy}
            busy={claim.busy || release.busy}
            claim={() => claim.act({ id })}
            release={() => release.act({ id })}
            changed={() => undefined}
          >
            <Text size="sm">{t("yours")}</Text>
          </TakeBar>
        )}
      </Stack>
    </Paper>
  );
}
