import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { askPermission, usePermission } from "./permission";

/** Asks the browser to show notices while nobody looks at the page; gone once that was answered. */
export function AllowButton() {
  const { t } = useTranslation("notice");
  if (usePermission() !== "default") return null;
  return (
    <Button variant="default" size="sm" onClick={() => void askPermission()}>
      {t("allow")}
    </Button>
  );
}
