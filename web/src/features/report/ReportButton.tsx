import { Button } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../lib/session";
import type { Reported } from "./ReportDialog";

const ReportDialog = lazy(() => import("./ReportDialog"));

/** The way to report something of somebody else. Strangers sign in first. */
export function ReportButton({ of }: { of: Reported }) {
  const { t } = useTranslation("report");
  const [open, setOpen] = useState(false);
  if (useSession() !== "in") return null;
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconFlag size={16} />} onClick={() => setOpen(true)}>
        {t("report")}
      </Button>
      <Suspense>{open && <ReportDialog of={of} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
