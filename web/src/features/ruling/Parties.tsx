import { Paper, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CaseWholeFragment } from "../../gql/case";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { PersonLink } from "../staff/PersonLink";

/** Between whom, and for how much. */
export function Parties({ case_: { buyer, seller, amount, openedAt } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { money, moment } = useFormat();
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <PersonLink user={buyer} below={t("buyer")} />
        <PersonLink user={seller} below={t("seller")} />
        <Pairs
          of={[
            [t("atStake"), <span className="price">{money(amount)}</span>],
            [t("openedAt"), moment(openedAt)],
          ]}
        />
      </Stack>
    </Paper>
  );
}
