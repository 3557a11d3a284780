import { useTranslation } from "react-i18next";
import { SellForm } from "../features/selling/SellForm";
import { Page } from "../ui/Page";

/** Offering an account for sale. */
export function Component() {
  const { t } = useTranslation("selling");
  return (
    <Page title={t("offer")} lead={t("lead")} size="sm">
      <SellForm />
    </Page>
  );
}
