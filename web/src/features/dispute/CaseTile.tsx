import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CaseRowFragment } from "../../gql/case";
import { useFormat } from "../../lib/format";
import { CaseStateBadge } from "./CaseStateBadge";

/** One case of a list: about what, with whom, for how much, where it stands. */
export function CaseTile({ row }: { row: CaseRowFragment }) {
  const { t } = useTranslation("dispute");
  const { money, ago } = useFormat();
  const { id, kind, state, title, mySide, buyer, seller, amount, openedAt } = row;
  const other = mySide === "BUYER" ? seller : buyer;
  return (
    <Paper withBorder p="sm" component={Link} to={`/cases/${id}`} className="plain">
      <Stack gap={2}>
        <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
          <Text fw={600} lineClamp={2} className="written">
            {title}
          </Text>
          <CaseStateBadge state={state} />
        </Group>
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {t(`kind.${kind}`)} · {t("against", { name: other.nickname })} · {ago(openedAt)}
          </Text>
          <span className="price">{money(amount)}</span>
        </Group>
      </Stack>
    </Paper>
  );
}
