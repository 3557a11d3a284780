import { useTranslation } from "react-i18next";
import { useMe } from "../features/account/useMe";
import { VerifyFirst } from "../features/account/VerifyFirst";
import { SellForm } from "../features/selling/SellForm";
import { Page } from "../ui/Page";

/** Offering an account for sale. */
export function Component() {
  const { t } = useTranslation("selling");
  const me = useMe();
  return (
    <Page title={t("offer")} lead={t("lead")} size="sm">
      {me?.verified === false && <VerifyFirst />}
      <SellForm />
    </Page>
  );
}
