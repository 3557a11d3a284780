import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Asks the browser to show notices while nobody looks at the page; gone once that was answered. */
export function AllowButton() {
  const { t } = useTranslation("notice");
  const [state, setState] = useState(() => ("Notification" in window ? Notification.permission : "denied"));
  if (state !== "default") return null;
  return (
    <Button variant="default" size="sm" onClick={() => void Notification.requestPermission().then(setState)}>
      {t("allow")}
    </Button>
  );
}
