import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReviewRowFragment } from "../../gql/caseReview";
import { useFormat } from "../../lib/format";
import { CaseStateBadge } from "../dispute/CaseStateBadge";

/** One case of the queue: about what, between whom, for how much, and who looks at it. */
export function ReviewTile({ review: { case: row, claimedBy } }: { review: ReviewRowFragment }) {
  const { t } = useTranslation("ruling");
  const { t: dispute } = useTranslation("dispute");
  const { money, ago, moment } = useFormat();
  const { id, kind, state, title, buyer, seller, amount, openedAt, dueAt } = row;
  return (
    <Paper withBorder p="md" component={Link} to={`/admin/cases/${id}`} className="plain">
      <Stack gap={4}>
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text fw={600} lineClamp={2} className="written">
            {title}
          </Text>
          <CaseStateBadge state={state} />
        </Group>
        <Group justify="space-between" gap="xs">
          <Text size="sm">{t("between", { buyer: buyer.nickname, seller: seller.nickname })}</Text>
          <span className="price">{money(amount)}</span>
        </Group>
        <Text size="sm" c="dimmed">
          {dispute(`kind.${kind}`)} · {t("openedAgo", { ago: ago(openedAt) })}
          {dueAt !== null && ` · ${t("due", { at: moment(dueAt) })}`}
          {claimedBy !== null && ` · ${t("heldBy", { name: claimedBy.nickname })}`}
        </Text>
      </Stack>
    </Paper>
  );
}
