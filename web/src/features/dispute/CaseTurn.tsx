import { Alert, Stack, Text } from "@mantine/core";
import { IconGavel, IconHourglass, IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CaseWholeFragment } from "../../gql/case";
import { useFormat } from "../../lib/format";
import { Countdown } from "../../ui/Countdown";
import { endsAt, isAsked, isOver, takesEvidence } from "./stand";

interface CaseTurnProps {
  case_: CaseWholeFragment;
  /** The server's time when the case was read. */
  now: string;
}

/** Where a case stands, what comes next and until when. */
export function CaseTurn({ case_, now }: CaseTurnProps) {
  const { t } = useTranslation("dispute");
  const { state, kind, mySide } = case_;
  if (isOver(state)) return <Ended case_={case_} />;
  const end = endsAt(case_);
  const mine = mySide !== null && (isAsked(case_, mySide) || takesEvidence(case_, mySide) || state === "MEDIATION" || answers(case_));
  return (
    <Alert color={mine ? "orange" : "blue"} icon={<IconHourglass />} title={t(`state.${state}`)}>
      <Stack gap={4}>
        <Text size="sm">{t(`now.${kind}.${state}` as "now.RETURN.GATHERING")}</Text>
        {end !== null && (
          <Text size="sm">
            {t("left")} <Countdown secondsLeft={(Date.parse(end) - Date.parse(now)) / 1_000} />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

const answers = ({ state, mySide }: CaseWholeFragment) => state === "AWAITING_ANSWER" && mySide === "SELLER";

/** How it ended, and who got what. */
function Ended({ case_: { state, reason, recovery, refusal, amount, mySide } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { money } = useFormat();
  const division = refusal?.division;
  return (
    <Alert color={state === "UPHELD" ? "orange" : "gray"} icon={division ? <IconScale /> : <IconGavel />} title={t(`state.${state}`)}>
      <Stack gap={4}>
        <Text size="sm">{t(`over.${state}` as "over.UPHELD")}</Text>
        {division && (
          <Text size="sm" fw={600}>
            {t("divided", { share: division.sellerShare, seller: money(division.toSeller), buyer: money(division.toBuyer) })}
          </Text>
        )}
        {state === "UPHELD" && recovery && (
          <Text size="sm" fw={600}>
            {t("recovered", { claim: money(amount), got: money(recovery.recovered ?? amount) })}
          </Text>
        )}
        {state === "UPHELD" && mySide === "BUYER" && <Text size="sm">{t("restIsDebt")}</Text>}
        {reason !== null && (
          <Text size="sm" className="written">
            {t("because", { reason })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
