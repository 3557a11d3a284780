import { Button, Radio, Stack } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CaseWholeFragment } from "../../gql/case";
import { CaseFindDocument } from "../../gql/caseReview";
import type { CaseFinding } from "../../gql/schema";
import { useCaseAct } from "../dispute/useCaseAct";
import { ReasonDialog } from "../review/ReasonDialog";
import { DivisionPreview } from "./DivisionPreview";
import { ShareSlider } from "./ShareSlider";

const FINDINGS: readonly CaseFinding[] = ["INTACT", "DAMAGED", "WORTHLESS", "TAKEN_BACK"];

/** Says what was found when the account was examined. */
export function FindDialog({ case_: { id } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("ruling");
  const { t: dispute } = useTranslation("dispute");
  const { act, busy } = useCaseAct(CaseFindDocument, (data) => data.caseFind);
  const [open, setOpen] = useState(false);
  const [finding, setFinding] = useState<CaseFinding>("INTACT");
  const [share, setShare] = useState(50);
  const sellerShare = finding === "DAMAGED" ? share : null;
  return (
    <>
      <Button leftSection={<IconGavel size={18} />} onClick={() => setOpen(true)} style={{ alignSelf: "flex-start" }}>
        {t("find")}
      </Button>
      <ReasonDialog
        title={t("findTitle")}
        doIt={t("find")}
        color="jade"
        hint={t("partiesRead")}
        opened={open}
        busy={busy}
        send={(reason) => act({ id, finding, sellerShare, reason })}
        close={() => setOpen(false)}
        decided={() => undefined}
      >
        <Radio.Group
          label={dispute("finding")}
          value={finding}
          onChange={(value) => setFinding(FINDINGS.find((one) => one === value) ?? "INTACT")}
        >
          <Stack gap="xs" mt="xs">
            {FINDINGS.map((value) => (
              <Radio key={value} value={value} label={dispute(`findings.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {finding === "DAMAGED" && <ShareSlider value={share} change={setShare} least={1} most={99} />}
        {open && <DivisionPreview id={id} finding={finding} sellerShare={sellerShare} />}
      </ReasonDialog>
    </>
  );
}
