import { useApolloClient } from "@apollo/client/react";
import { IconWallet } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderPayDocument } from "../../gql/return";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { AskButton } from "../../ui/AskButton";
import { Remedy } from "../wallet/Remedy";

/** Pays an order that an accepted offer led to. */
export function PayButton({ order: { id, price, listing } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { money } = useFormat();
  const { cache } = useApolloClient();
  const keyFor = useKeyFor();
  const { run } = useAct(OrderPayDocument, (data) => data.orderPay);
  const [problem, setProblem] = useState<Problem>();
  const pay = async () => {
    const { problems = [] } = await run({ input: { id, idempotencyKey: keyFor(id) } });
    setProblem(problems[0]);
    if (problems.length === 0) for (const fieldName of ["wallet", "walletStatement"]) cache.evict({ id: "ROOT_QUERY", fieldName });
    return problems;
  };
  const label = t("pay", { price: money(price) });
  return (
    <AskButton
      size="md"
      leftSection={<IconWallet size={20} />}
      label={label}
      title={t("payTitle")}
      text={t("buyText", { count: listing.deliveryHours })}
      act={pay}
    >
      <Remedy problem={problem} />
    </AskButton>
  );
}
