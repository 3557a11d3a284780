import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CaseRejectDocument } from "../../gql/caseReview";
import { useCaseAct } from "../dispute/useCaseAct";
import { ReasonButton } from "../staff/ReasonButton";

/** Rejects a claim. */
export function RejectButton({ id }: { id: string }) {
  const { t } = useTranslation("ruling");
  const { act, busy } = useCaseAct(CaseRejectDocument, (data) => data.caseReject);
  return (
    <ReasonButton
      label={t("reject")}
      variant="light"
      color="red"
      leftSection={<IconX size={18} />}
      title={t("rejectTitle")}
      text={t("rejectText")}
      hint={t("partiesRead")}
      busy={busy}
      act={(reason) => act({ id, reason })}
      done={() => undefined}
    />
  );
}
