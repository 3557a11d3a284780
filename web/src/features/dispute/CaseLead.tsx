import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CaseRowFragment } from "../../gql/case";
import { CaseStateBadge } from "./CaseStateBadge";

/** What a case is about and how it stands, below its title. */
export function CaseLead({ case_: { kind, state } }: { case_: Pick<CaseRowFragment, "kind" | "state"> }) {
  const { t } = useTranslation("dispute");
  return (
    <Group component="span" gap="xs">
      {t(`kind.${kind}`)} <CaseStateBadge state={state} />
    </Group>
  );
}
