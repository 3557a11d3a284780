import { Badge, type MantineColor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OrderState } from "../../gql/schema";

const COLOURS: Record<OrderState, MantineColor> = {
  AWAITING_PAYMENT: "orange",
  PAID: "blue",
  DELIVERED: "yellow",
  RETURN_REQUESTED: "orange",
  RETURN_INSPECTION: "orange",
  IN_DISPUTE: "red",
  COMPLETED: "jade",
  REFUNDED: "gray",
  SPLIT: "gray",
  CANCELLED: "gray",
};

/** Where an order stands, in a word. */
export function OrderStateBadge({ state }: { state: OrderState }) {
  const { t } = useTranslation("order");
  return (
    <Badge color={COLOURS[state]} variant="light">
      {t(`state.${state}`)}
    </Badge>
  );
}
