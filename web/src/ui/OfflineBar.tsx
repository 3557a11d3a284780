import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconWifiOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Says that the device has lost its network. */
export function OfflineBar() {
  const { t } = useTranslation("problems");
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="orange" radius={0} icon={<IconWifiOff />} role="status">
      {t("OFFLINE")}
    </Alert>
  );
}
