import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReviewWholeFragment } from "../../gql/caseReview";
import { FindDialog } from "./FindDialog";
import { FreezeCare } from "./FreezeCare";
import { RejectButton } from "./RejectButton";
import { RuleDialog } from "./RuleDialog";
import { UpholdDialog } from "./UpholdDialog";

interface DecideProps {
  review: ReviewWholeFragment;
}

/** What whoever has claimed a case can decide in it now. */
export function Decide({ review }: DecideProps) {
  const { t } = useTranslation("ruling");
  const { id, kind, state } = review.case;
  const waits = review.rulings.some((ruling) => ruling.state === "PENDING");
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {t("decide")}
        </Title>
        {waits && (
          <Text size="sm" c="dimmed">
            {t("waitsForSecond")}
          </Text>
        )}
        {kind === "RECOVERY" && state === "AWAITING_ANSWER" && <Text size="sm">{t("notBeforeAnswer")}</Text>}
        {!waits && kind === "RECOVERY" && state === "IN_REVIEW" && (
          <Group>
            <UpholdDialog review={review} />
            <RejectButton id={id} />
          </Group>
        )}
        {kind === "RECOVERY" && <FreezeCare case_={review.case} />}
        {kind === "RETURN" && state === "GATHERING" && <Text size="sm">{t("notBeforeEvidence")}</Text>}
        {!waits && kind === "RETURN" && state === "IN_REVIEW" && <FindDialog case_={review.case} />}
        {kind === "RETURN" && state === "AWAITING_CONSENT" && <Text size="sm">{t("partiesNow")}</Text>}
        {kind === "RETURN" && state === "MEDIATION" && <Text size="sm">{t("mediate")}</Text>}
        {!waits && kind === "RETURN" && state === "FINAL_RULING" && <RuleDialog case_={review.case} />}
      </Stack>
    </Paper>
  );
}
