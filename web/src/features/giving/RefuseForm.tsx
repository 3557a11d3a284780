import { useTranslation } from "react-i18next";
import { OrderReturnRefuseDocument } from "../../gql/return";
import { useAct } from "../../lib/act";
import { StatementForm } from "./StatementForm";

/** Refuses a return, with evidence in words and pictures. */
export function RefuseForm({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation("giving");
  const { run, busy } = useAct(OrderReturnRefuseDocument, (data) => data.orderReturnRefuse);
  return (
    <StatementForm
      text={t("refuseText")}
      label={t("evidence")}
      hint={t("evidenceHint")}
      doIt={t("refuse")}
      color="red"
      busy={busy}
      send={(said) => run({ input: { id, ...said } })}
      done={close}
      cancel={close}
    />
  );
}
