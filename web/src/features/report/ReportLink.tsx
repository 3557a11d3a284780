import { Anchor } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

const ReportDialog = lazy(() => import("./ReportDialog"));

/** Reports a message of somebody else. */
export function ReportLink({ id }: { id: string }) {
  const { t } = useTranslation("report");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Anchor component="button" size="xs" c="dimmed" aria-label={t("reportMessage")} onClick={() => setOpen(true)}>
        {t("report")}
      </Anchor>
      <Suspense>{open && <ReportDialog of={{ messageId: id }} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
