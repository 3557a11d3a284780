import { Group } from "@mantine/core";
import { IconArrowsMinimize, IconSnowflake } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CaseWholeFragment } from "../../gql/case";
import { CaseFreezeKeepDocument, CaseFreezeNarrowDocument } from "../../gql/caseReview";
import { useCaseAct } from "../dispute/useCaseAct";
import { isOver } from "../dispute/stand";
import { ReasonButton } from "../staff/ReasonButton";

/** Keeps the seller's whole wallet frozen, or narrows that to what is claimed. */
export function FreezeCare({ case_: { id, state, recovery } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("ruling");
  const keep = useCaseAct(CaseFreezeKeepDocument, (data) => data.caseFreezeKeep);
  const narrow = useCaseAct(CaseFreezeNarrowDocument, (data) => data.caseFreezeNarrow);
  const stage = recovery?.freezeStage;
  if (isOver(state) || (stage !== "WHOLE" && stage !== "KEPT")) return null;
  return (
    <Group>
      {stage === "WHOLE" && (
        <ReasonButton
          label={t("keep")}
          variant="default"
          color="gray"
          size="xs"
          leftSection={<IconSnowflake size={16} />}
          title={t("keepTitle")}
          text={t("keepText")}
          hint={t("sellerReads")}
          busy={keep.busy}
          act={(reason) => keep.act({ id, reason })}
          done={() => undefined}
        />
      )}
      <ReasonButton
        label={t("narrow")}
        variant="default"
        color="gray"
        size="xs"
        leftSection={<IconArrowsMinimize size={16} />}
        title={t("narrowTitle")}
        text={t("narrowText")}
        hint={t("forRecord")}
        busy={narrow.busy}
        act={(reason) => narrow.act({ id, reason })}
        done={() => undefined}
      />
    </Group>
  );
}
