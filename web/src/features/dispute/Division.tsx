import { Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CasePartsFragment } from "../../gql/case";
import { useFormat } from "../../lib/format";

/** How money is divided between seller and buyer, in amounts and to see. */
export function Division({ of: { sellerShare, toSeller, toBuyer } }: { of: CasePartsFragment }) {
  const { t } = useTranslation("dispute");
  const { money } = useFormat();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {t("toSeller")} <b>{money(toSeller)}</b>
        </Text>
        <Text size="sm">
          {t("toBuyer")} <b>{money(toBuyer)}</b>
        </Text>
      </Group>
      <Progress.Root size="sm" aria-hidden>
        <Progress.Section value={sellerShare} color="jade" />
        <Progress.Section value={100 - sellerShare} color="orange" />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {t("share", { seller: sellerShare, buyer: 100 - sellerShare })}
      </Text>
    </Stack>
  );
}
