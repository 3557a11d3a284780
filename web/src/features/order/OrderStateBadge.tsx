import { Badge, type MantineColor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OrderState } from "../../gql/schema";

const COLOURS: Record<OrderState, MantineColor> = { PAID: "blue", DELIVERED: "yellow", COMPLETED: "jade", CANCELLED: "gray" };

/** Where an order stands, in a word. */
export function OrderStateBadge({ state }: { state: OrderState }) {
  const { t } = useTranslation("order");
  return (
    <Badge color={COLOURS[state]} variant="light">
      {t(`state.${state}`)}
    </Badge>
  );
}
