import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLive } from "../lib/live";

/** Says that events do not arrive at present. */
export function LostBar() {
  const { t } = useTranslation("notice");
  if (useLive() !== "lost") return null;
  return (
    <Alert color="orange" radius={0} icon={<IconPlugConnectedX />} role="status">
      {t("lost")}
    </Alert>
  );
}
