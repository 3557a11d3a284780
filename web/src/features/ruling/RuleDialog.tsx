import { Button } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseWholeFragment } from "../../gql/case";
import { CaseRuleDocument } from "../../gql/caseReview";
import { useCaseAct } from "../dispute/useCaseAct";
import { ReasonDialog } from "../review/ReasonDialog";
import { DivisionPreview } from "./DivisionPreview";
import { ShareSlider } from "./ShareSlider";

/** Rules for good where no settlement was found. */
export function RuleDialog({ case_: { id, refusal } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("ruling");
  const { act, busy } = useCaseAct(CaseRuleDocument, (data) => data.caseRule);
  const [open, setOpen] = useState(false);
  const [share, setShare] = useState(refusal?.byFinding?.sellerShare ?? 50);
  return (
    <>
      <Button leftSection={<IconGavel size={18} />} onClick={() => setOpen(true)} style={{ alignSelf: "flex-start" }}>
        {t("rule")}
      </Button>
      <ReasonDialog
        title={t("ruleTitle")}
        text={t("ruleText")}
        doIt={t("rule")}
        color="jade"
        hint={t("partiesRead")}
        opened={open}
        busy={busy}
        send={(reason) => act({ id, sellerShare: share, reason })}
        close={() => setOpen(false)}
        decided={() => undefined}
      >
        <ShareSlider value={share} change={setShare} least={0} most={100} />
        {open && <DivisionPreview id={id} finding={null} sellerShare={share} />}
      </ReasonDialog>
    </>
  );
}
