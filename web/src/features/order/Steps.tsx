import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import type { OrderState } from "../../gql/schema";
import classes from "./Steps.module.css";

const ROAD = ["PAID", "DELIVERED", "COMPLETED"] as const;

/** How far along its road an order is; nothing for those that left it. */
export function Steps({ order: { state } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const done = reached(state);
  if (done === undefined) return null;
  return (
    <ol className={classes.steps} aria-label={t("road")}>
      {ROAD.map((step, index) => (
        <li key={step} data-done={index < done} aria-current={index === done - 1 ? "step" : undefined}>
          <span className={classes.mark} aria-hidden>
            {index < done ? <IconCheck size={14} stroke={3} /> : index + 1}
          </span>
          {t(`roadStep.${step}`)}
        </li>
      ))}
    </ol>
  );
}

/** How many steps of the road are behind. */
function reached(state: OrderState): number | undefined {
  switch (state) {
    case "AWAITING_PAYMENT":
      return 0;
    case "PAID":
      return 1;
    case "DELIVERED":
    case "RETURN_REQUESTED":
    case "RETURN_INSPECTION":
    case "IN_DISPUTE":
      return 2;
    case "COMPLETED":
      return 3;
    case "CANCELLED":
    case "REFUNDED":
    case "SPLIT":
      return undefined;
  }
}
