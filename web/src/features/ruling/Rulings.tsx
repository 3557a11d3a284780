import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CaseRulingDecideDocument, type ReviewWholeFragment } from "../../gql/caseReview";
import { useFormat } from "../../lib/format";
import { AskButton } from "../../ui/AskButton";
import { useMe } from "../account/useMe";
import { Division } from "../dispute/Division";
import { divide } from "../dispute/divide";
import { useCaseAct } from "../dispute/useCaseAct";
import { ReasonButton } from "../staff/ReasonButton";
import { Preview } from "./UpholdDialog";

interface RulingsProps {
  review: ReviewWholeFragment;
}

type Ruling = ReviewWholeFragment["rulings"][number];

const COLOURS = { PENDING: "orange", APPROVED: "jade", REFUSED: "red", LAPSED: "gray" } as const;

/** Rulings that need, or needed, a second admin. */
export function Rulings({ review }: RulingsProps) {
  const { t } = useTranslation("ruling");
  if (review.rulings.length === 0) return null;
  return (
    <Stack gap="sm" component="section">
      <Title order={2} fz="lg">
        {t("rulings")}
      </Title>
      {review.rulings.map((ruling) => (
        <Row key={ruling.id} ruling={ruling} review={review} />
      ))}
    </Stack>
  );
}

function Row({ ruling, review }: { ruling: Ruling; review: ReviewWholeFragment }) {
  const { t } = useTranslation("ruling");
  const { t: staff } = useTranslation("staff");
  const { money, moment } = useFormat();
  const me = useMe()?.id;
  const { kind, sellerShare, advance, reason, state, ruledBy, ruledByYou, ruledAt, voidAt, decidedBy, decidedAt, refusal } = ruling;
  const { buyer, seller, amount, id } = review.case;
  const may = state === "PENDING" && !ruledByYou && buyer.id !== me && seller.id !== me;
  return (
    <Paper withBorder p="md" component="article" aria-label={t(`rulingKind.${kind}`)}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{t(`rulingKind.${kind}`)}</Text>
          <Badge variant="light" color={COLOURS[state]}>
            {t(`rulingState.${state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {staff("decidedBy", { name: ruledBy?.nickname ?? "", at: moment(ruledAt) })}
        </Text>
        <Text size="sm" className="written">
          {reason}
        </Text>
        {sellerShare !== null && <Division of={divide(amount, sellerShare)} />}
        {advance !== null && <Text size="sm">{t("advances", { amount: money(advance) })}</Text>}
        {state === "PENDING" && kind === "UPHOLD" && <Preview caseId={id} advance={advance?.amount ?? "0.00"} />}
        {decidedAt !== null && decidedBy !== null && (
          <Text size="sm" c="dimmed">
            {staff("decidedBy", { name: decidedBy.nickname, at: moment(decidedAt) })}
          </Text>
        )}
        {refusal !== null && (
          <Text size="sm" className="written">
            {refusal}
          </Text>
        )}
        {state === "PENDING" && voidAt !== null && (
          <Text size="sm" c="dimmed">
            {staff("voidAt", { at: moment(voidAt) })}
          </Text>
        )}
        {state === "PENDING" && ruledByYou && (
          <Text size="sm" c="dimmed">
            {t("anotherDecides")}
          </Text>
        )}
        {may && <Second id={ruling.id} />}
      </Stack>
    </Paper>
  );
}

/** The second admin may only approve or refuse. */
function Second({ id }: { id: string }) {
  const { t } = useTranslation("ruling");
  const { t: staff } = useTranslation("staff");
  const { t: reviewing } = useTranslation("review");
  const { act, busy } = useCaseAct(CaseRulingDecideDocument, (data) => data.caseRulingDecide);
  return (
    <Group>
      <AskButton
        label={reviewing("approve")}
        leftSection={<IconCheck size={18} />}
        title={staff("approveTitle")}
        text={t("approveText")}
        act={async () => (await act({ rulingId: id, approve: true })).problems ?? []}
      />
      <ReasonButton
        label={staff("refuse")}
        variant="light"
        color="red"
        leftSection={<IconX size={18} />}
        title={staff("refuseTitle")}
        text={t("refuseText")}
        hint={staff("refuseHint")}
        busy={busy}
        act={(refusal) => act({ rulingId: id, approve: false, refusal })}
        done={() => undefined}
      />
    </Group>
  );
}
