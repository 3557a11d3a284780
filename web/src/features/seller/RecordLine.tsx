import { useQuery } from "@apollo/client/react";
import { Badge, Group, Text } from "@mantine/core";
import { IconStarFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { SellerRecordDocument } from "../../gql/record";
import { useFormat } from "../../lib/format";

/** What a user's sales say of him, in a line: level, stars, how many he completed. */
export function RecordLine({ userId }: { userId: string }) {
  const { t } = useTranslation("listing");
  const { locale } = useFormat();
  const { data } = useQuery(SellerRecordDocument, { variables: { userId } });
  const record = data?.sellerRecord;
  // A line that says more is not worth an error of its own: the page stands without it.
  if (!record) return null;
  const { level, rating, reviewCount, completedOrders } = record;
  const stars = rating?.toLocaleString(locale, { maximumFractionDigits: 1 });
  return (
    <Group gap="xs" role="group" aria-label={t("record")}>
      <Badge color={level > 0 ? "jade" : "gray"} variant="light" title={t("levelHint")}>
        {level > 0 ? t("level", { level }) : t("noLevel")}
      </Badge>
      <Group gap={4} wrap="nowrap">
        <IconStarFilled size={14} color="var(--mantine-color-yellow-6)" aria-hidden />
        <Text size="sm">
          {stars === undefined ? t("unrated") : `${t("rating", { rating: stars })} · ${t("ratedBy", { count: reviewCount })}`}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t("completedOrders", { count: completedOrders })}
      </Text>
    </Group>
  );
}
