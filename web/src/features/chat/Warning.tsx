import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Box } from "./outbox";

/** What the platform said about the message that was sent last, until its writer has heeded it. */
export function Warning({ warning, heed }: { warning: Box["warning"]; heed: () => void }) {
  const { t } = useTranslation();
  if (!warning) return null;
  return (
    <Alert color="orange" radius={0} icon={<IconAlertTriangle />} role="alert" withCloseButton closeButtonLabel={t("close")} onClose={heed}>
      {warning.text}
    </Alert>
  );
}
