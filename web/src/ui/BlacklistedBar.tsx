import { Alert, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../features/account/useMe";

/** Tells a blacklisted user what is left to him, and why. */
export function BlacklistedBar() {
  const { t } = useTranslation("problems");
  const me = useMe();
  if (me?.blacklisted !== true) return null;
  return (
    <Alert color="red" radius={0} icon={<IconLock />} role="status">
      <Text size="sm">{t("BLACKLISTED")}</Text>
      {me.blacklistReason !== null && (
        <Text size="sm" className="written">
          {t("blacklistReason", { reason: me.blacklistReason })}
        </Text>
      )}
    </Alert>
  );
}
