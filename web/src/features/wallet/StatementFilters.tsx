import { MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { WalletCause, WalletPart, WalletStatementFilter } from "../../gql/schema";
import { midnight } from "./points";

const PARTS: readonly WalletPart[] = ["AVAILABLE", "SETTLING", "HELD"];

/** All causes, in the order in which they are offered. */
const CAUSES = Object.keys({
  DEPOSIT: true,
  DEPOSIT_REVERSED: true,
  DEPOSIT_SHORTFALL: true,
  DEBT_PAID: true,
  DEBT_ADVANCED: true,
  COMPENSATION_FUNDED: true,
  CASE_HELD: true,
  CASE_HOLD_RETURNED: true,
  CASE_RECOVERED: true,
  ORDER_HOLD: true,
  ORDER_REFUND: true,
  ORDER_PAYOUT: true,
  ORDER_FEE: true,
  ORDER_SPLIT: true,
  SETTLE: true,
  WITHDRAWAL_HOLD: true,
  WITHDRAWAL_PAID: true,
  WITHDRAWAL_GIVEN_BACK: true,
  WITHDRAWAL_RETURNED: true,
} satisfies Record<WalletCause, true>) as WalletCause[];

/** What the statement is narrowed to, as it is chosen. */
export interface Narrowed {
  part: WalletPart;
  causes: readonly WalletCause[];
  /** Days as a date input says them; empty: no bound. Both are shown whole. */
  from: string;
  to: string;
}

/** The whole statement of what can be used. */
export const WHOLE: Narrowed = { part: "AVAILABLE", causes: [], from: "", to: "" };

/** The filter that the API takes. */
export function statementFilter({ part, causes, from, to }: Narrowed): WalletStatementFilter {
  const first = midnight(from);
  const before = midnight(to, 1);
  return { part, causes: [...causes], ...(first !== undefined && { from: first }), ...(before !== undefined && { before }) };
}

interface StatementFiltersProps {
  chosen: Narrowed;
  choose: (chosen: Narrowed) => void;
}

/** Part, causes and days of the statement. */
export function StatementFilters({ chosen, choose }: StatementFiltersProps) {
  const { t } = useTranslation("wallet");
  const { t: common } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t("part")}
        value={chosen.part}
        onChange={(value) => choose({ ...chosen, part: PARTS.find((one) => one === value) ?? "AVAILABLE" })}
        data={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))}
        allowDeselect={false}
      />
      <MultiSelect
        label={t("causes")}
        placeholder={chosen.causes.length === 0 ? t("allCauses") : undefined}
        value={[...chosen.causes]}
        onChange={(values) => choose({ ...chosen, causes: CAUSES.filter((one) => values.includes(one)) })}
        data={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
        clearable
        clearButtonProps={{ "aria-label": common("clear") }}
      />
      <TextInput
        type="date"
        label={t("fromDay")}
        value={chosen.from}
        max={chosen.to === "" ? undefined : chosen.to}
        onChange={({ currentTarget }) => choose({ ...chosen, from: currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t("toDay")}
        value={chosen.to}
        min={chosen.from === "" ? undefined : chosen.from}
        onChange={({ currentTarget }) => choose({ ...chosen, to: currentTarget.value })}
      />
    </SimpleGrid>
  );
}
