import { Modal, NativeSelect, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ReportCreateDocument } from "../../gql/report";
import type { ReportReason } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { useKeyFor } from "../../lib/key";
import { toast } from "../../lib/toast";
import { StatementForm, type Statement } from "../giving/StatementForm";

const REASONS: readonly ReportReason[] = ["FRAUD", "MISLEADING", "OUTSIDE", "ABUSE", "FORBIDDEN", "IMPERSONATION", "SPAM", "OTHER"];

/** The most images of a report. */
const IMAGES = 9;

/** What is reported: exactly one of the three. */
export type Reported = { userId: string } | { listingId: string } | { messageId: string };

interface ReportDialogProps {
  of: Reported;
  close: () => void;
}

/** Reports a user, a listing or a message to the administrators. */
export default function ReportDialog({ of, close }: ReportDialogProps) {
  const { t } = useTranslation("report");
  const { t: common } = useTranslation();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(ReportCreateDocument, (data) => data.reportCreate);
  const [reason, setReason] = useState<ReportReason>("FRAUD");
  const title = "userId" in of ? t("reportUser") : "listingId" in of ? t("reportListing") : t("reportMessage");
  const send = ({ text, imageIds }: Statement) => {
    const what = { ...of, reason, text, imageIds };
    return run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  const done = () => {
    close();
    toast({ message: t("sent"), color: "jade" });
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        <NativeSelect
          label={t("reason")}
          value={reason}
          onChange={(event) => setReason(REASONS.find((one) => one === event.currentTarget.value) ?? "OTHER")}
          data={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          required
          data-autofocus
        />
        <StatementForm
          text={t("text")}
          label={t("whatHappened")}
          hint={t("adminsRead")}
          doIt={t("send")}
          color="red"
          images={IMAGES}
          busy={busy}
          send={send}
          done={done}
          cancel={close}
        />
      </Stack>
    </Modal>
  );
}
