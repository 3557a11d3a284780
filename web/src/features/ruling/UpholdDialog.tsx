import { useQuery } from "@apollo/client/react";
import { Alert, Button, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCheck, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CasePreviewDocument, CaseUpholdDocument, type ReviewWholeFragment } from "../../gql/caseReview";
import { fenOf } from "../../lib/amount";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { Failure } from "../../ui/States";
import { useCaseAct } from "../dispute/useCaseAct";
import { ReasonDialog } from "../review/ReasonDialog";
import { AmountField } from "../staff/AmountField";

/** Upholds a claim, with what the platform advances, after showing what it does to the money. */
export function UpholdDialog({ review: { case: case_ } }: { review: ReviewWholeFragment }) {
  const { t } = useTranslation("ruling");
  const { act, busy } = useCaseAct(CaseUpholdDocument, (data) => data.caseUphold);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("0.00");
  const advance = fenOf(typed) === undefined ? undefined : typed.trim();
  return (
    <>
      <Button leftSection={<IconCheck size={18} />} onClick={() => setOpen(true)}>
        {t("uphold")}
      </Button>
      <ReasonDialog
        title={t("upholdTitle")}
        text={t("upholdText")}
        doIt={t("uphold")}
        color="jade"
        hint={t("partiesRead")}
        opened={open}
        busy={busy}
        send={(reason) => act({ id: case_.id, reason, advance: advance ?? "0.00" })}
        close={() => setOpen(false)}
        decided={() => undefined}
      >
        <AmountField
          label={t("advance")}
          description={t("advanceHint")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={advance === undefined ? t("advanceWrong") : undefined}
        />
        <Preview caseId={case_.id} advance={advance ?? "0.00"} />
      </ReasonDialog>
    </>
  );
}

/** What upholding would do to the money, as things are now. */
export function Preview({ caseId, advance }: { caseId: string; advance: string }) {
  const { t } = useTranslation("ruling");
  const { money } = useFormat();
  const [settled] = useDebouncedValue(advance, 300);
  const { data, previousData, error, refetch } = useQuery(CasePreviewDocument, {
    variables: { caseId, advance: settled },
    fetchPolicy: "network-only",
  });
  const preview = (data ?? previousData)?.casePreview;
  if (!preview) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={160} radius="md" />;
  return (
    <>
      <Pairs
        of={[
          [t("preview.wallet"), money(preview.wallet)],
          [t("preview.toBuyer"), <b>{money(preview.toBuyer)}</b>],
          [t("preview.rest"), money(preview.rest)],
          [t("preview.advance"), money(preview.advance)],
          [t("preview.compensation"), money(preview.compensation)],
          [t("preview.cancelledOrders"), preview.cancelledOrders],
        ]}
      />
      {preview.needsSecond && <NeedsSecond />}
    </>
  );
}

/** That a ruling waits for a second admin. */
export function NeedsSecond() {
  const { t } = useTranslation("ruling");
  return (
    <Alert color="orange" icon={<IconUsers />}>
      {t("needsSecond")}
    </Alert>
  );
}
