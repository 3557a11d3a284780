import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ReviewTile } from "../../features/ruling/ReviewTile";
import { QueueView } from "../../features/staff/QueueView";
import { useChoices } from "../../features/staff/useChoices";
import { CaseQueueDocument } from "../../gql/caseReview";
import type { CaseClaimFilter, CaseKind, CaseState } from "../../gql/schema";
import { Page } from "../../ui/Page";

const KINDS: readonly CaseKind[] = ["RECOVERY", "RETURN"];
const STATES: readonly CaseState[] = [
  "AWAITING_ANSWER",
  "GATHERING",
  "IN_REVIEW",
  "AWAITING_CONSENT",
  "MEDIATION",
  "FINAL_RULING",
  "UPHELD",
  "REJECTED",
  "WITHDRAWN",
  "CLOSED",
];
const CLAIMED: readonly CaseClaimFilter[] = ["BY_NOBODY", "BY_ME", "BY_OTHER"];

/** The cases that admins work on, the longest open first. */
export function Component() {
  const { t } = useTranslation("ruling");
  const { chosen } = useChoices();
  const kind = KINDS.find((one) => one === chosen("kind"));
  const state = STATES.find((one) => one === chosen("state"));
  const claimed = CLAIMED.find((one) => one === chosen("claimed"));
  const filter = {
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
    ...(claimed === undefined ? {} : { claimed }),
  };
  const { data, error, fetchMore, refetch } = useQuery(CaseQueueDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("cases")} lead={t("casesLead")}>
      <Choices />
      <QueueView
        page={data?.caseQueue}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconGavel size={40} stroke={1.4} aria-hidden />}
        empty={t("none")}
      >
        {(review) => <ReviewTile review={review} />}
      </QueueView>
    </Page>
  );
}

function Choices() {
  const { t } = useTranslation("ruling");
  const { t: dispute } = useTranslation("dispute");
  const { chosen, choose } = useChoices();
  return (
    <Group gap="sm">
      <NativeSelect
        aria-label={t("kind")}
        value={chosen("kind")}
        onChange={(event) => choose("kind", event.currentTarget.value)}
        data={[{ value: "", label: t("anyKind") }, ...KINDS.map((value) => ({ value, label: dispute(`kind.${value}`) }))]}
      />
      <NativeSelect
        aria-label={t("state")}
        value={chosen("state")}
        onChange={(event) => choose("state", event.currentTarget.value)}
        data={[{ value: "", label: t("allOpen") }, ...STATES.map((value) => ({ value, label: dispute(`state.${value}`) }))]}
      />
      <NativeSelect
        aria-label={t("claimed")}
        value={chosen("claimed")}
        onChange={(event) => choose("claimed", event.currentTarget.value)}
        data={[{ value: "", label: t("claimedByAnybody") }, ...CLAIMED.map((value) => ({ value, label: t(`claimedBy.${value}`) }))]}
      />
    </Group>
  );
}
