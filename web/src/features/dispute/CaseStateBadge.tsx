import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CaseState } from "../../gql/schema";
import { isOver } from "./stand";

/** Where a case stands, at a glance. */
export function CaseStateBadge({ state }: { state: CaseState }) {
  const { t } = useTranslation("dispute");
  return (
    <Badge variant="light" color={isOver(state) ? "gray" : state === "MEDIATION" ? "blue" : "orange"}>
      {t(`state.${state}`)}
    </Badge>
  );
}
