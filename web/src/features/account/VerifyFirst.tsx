import { Alert, Anchor } from "@mantine/core";
import { IconShieldExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Says that the real name must be verified before what this page is for. */
export function VerifyFirst() {
  const { t } = useTranslation("account");
  return (
    <Alert color="orange" icon={<IconShieldExclamation />}>
      {t("verifyFirst")}{" "}
      <Anchor component={Link} to="/me/verification">
        {t("verification")}
      </Anchor>
    </Alert>
  );
}
