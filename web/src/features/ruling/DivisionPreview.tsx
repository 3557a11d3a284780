import { useQuery } from "@apollo/client/react";
import { Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { CaseDivisionPreviewDocument } from "../../gql/caseReview";
import type { CaseFinding } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { Failure } from "../../ui/States";
import { NeedsSecond } from "./UpholdDialog";

interface DivisionPreviewProps {
  id: string;
  /** None: a final ruling. */
  finding: CaseFinding | null;
  sellerShare: number | null;
}

/** What a finding or a final ruling would do, before anybody makes it. */
export function DivisionPreview(what: DivisionPreviewProps) {
  const { t } = useTranslation("ruling");
  const { t: dispute } = useTranslation("dispute");
  const { money } = useFormat();
  const [variables] = useDebouncedValue(what, 300);
  const { data, previousData, error, refetch } = useQuery(CaseDivisionPreviewDocument, { variables, fetchPolicy: "network-only" });
  const preview = (data ?? previousData)?.caseDivisionPreview;
  if (!preview) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={110} radius="md" />;
  return (
    <Stack gap="xs">
      <Pairs
        of={[
          [dispute("toSeller"), <b>{money(preview.toSeller)}</b>],
          [dispute("toBuyer"), <b>{money(preview.toBuyer)}</b>],
          [t("moves"), preview.atOnce ? t("atOnce") : t("afterConsent")],
          ...(preview.bans === null ? [] : [[t("banned"), dispute(`role.${preview.bans}`)] as const]),
        ]}
      />
      {preview.bans !== null && <Text size="sm">{t("bansText")}</Text>}
      {preview.needsSecond && <NeedsSecond />}
    </Stack>
  );
}
