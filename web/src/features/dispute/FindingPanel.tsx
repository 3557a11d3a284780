import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CaseConsentDocument, CaseObjectDocument, type CaseWholeFragment } from "../../gql/case";
import type { OrderSide } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import { AskButton } from "../../ui/AskButton";
import { Division } from "./Division";
import { isAsked } from "./stand";
import { useCaseAct } from "./useCaseAct";

interface FindingPanelProps {
  case_: CaseWholeFragment;
  /** None: an admin looks at it. */
  side: OrderSide | null;
}

/** What an admin found, what it means in money, and whether whoever it concerns accepts it. */
export function FindingPanel({ case_, side }: FindingPanelProps) {
  const { t } = useTranslation("dispute");
  const { moment } = useFormat();
  const { refusal } = case_;
  if (!refusal?.finding) return null;
  const { finding, findingReason, foundAt, byFinding, buyerConsentedAt, sellerConsentedAt } = refusal;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <div>
          <Title order={2} fz="lg">
            {t("finding")}
          </Title>
          {foundAt !== null && (
            <Text size="xs" c="dimmed">
              {moment(foundAt)}
            </Text>
          )}
        </div>
        <Text fw={600}>{t(`findings.${finding}`)}</Text>
        <Text size="sm" className="written">
          {findingReason ?? t("foundByNobody")}
        </Text>
        {byFinding && <Division of={byFinding} />}
        {buyerConsentedAt !== null && <Consented by={t("buyer")} at={buyerConsentedAt} />}
        {sellerConsentedAt !== null && <Consented by={t("seller")} at={sellerConsentedAt} />}
        {side !== null && isAsked(case_, side) && <Ask case_={case_} side={side} />}
      </Stack>
    </Paper>
  );
}

function Consented({ by, at }: { by: string; at: string }) {
  const { t } = useTranslation("dispute");
  const { moment } = useFormat();
  return (
    <Group gap={6}>
      <IconCheck size={16} aria-hidden />
      <Text size="sm">{t("consentedAt", { by, at: moment(at) })}</Text>
    </Group>
  );
}

function Ask({ case_: { id, refusal }, side }: { case_: CaseWholeFragment; side: OrderSide }) {
  const { t } = useTranslation("dispute");
  const { money } = useFormat();
  const consent = useCaseAct(CaseConsentDocument, (data) => data.caseConsent);
  const object = useCaseAct(CaseObjectDocument, (data) => data.caseObject);
  const mine = side === "BUYER" ? refusal?.byFinding?.toBuyer : refusal?.byFinding?.toSeller;
  const amount = mine ? money(mine) : "";
  return (
    <Stack gap="xs">
      <Text size="sm">{t("silence")}</Text>
      <Group>
        <AskButton
          label={t("consent")}
          leftSection={<IconCheck size={18} />}
          title={t("consentTitle")}
          text={t("consentText", { amount })}
          act={async () => (await consent.act({ id })).problems ?? []}
        />
        <AskButton
          label={t("object")}
          variant="default"
          title={t("objectTitle")}
          text={t("objectText")}
          act={async () => (await object.act({ id })).problems ?? []}
        />
      </Group>
    </Stack>
  );
}
