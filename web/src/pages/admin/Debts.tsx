import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { DebtCard } from "../../features/staff/DebtCard";
import { QueueView } from "../../features/staff/QueueView";
import { useChoices } from "../../features/staff/useChoices";
import type { DebtCause } from "../../gql/schema";
import { AllDebtsDocument } from "../../gql/staffMoney";
import { Page } from "../../ui/Page";

const CAUSES: readonly DebtCause[] = ["RECOVERY", "ADVANCE", "DEPOSIT_REVERSED"];

/** What anybody owes. */
export function Component() {
  const { t } = useTranslation("staff");
  const { chosen, choose } = useChoices();
  const cause = CAUSES.find((one) => one === chosen("cause"));
  const ended = chosen("ended") === "1";
  const filter = { open: !ended, ...(cause === undefined ? {} : { cause }) };
  const { data, error, fetchMore, refetch } = useQuery(AllDebtsDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("debts")} lead={t("debtsLead")}>
      <Group gap="sm">
        <NativeSelect
          aria-label={t("which")}
          value={ended ? "1" : ""}
          onChange={(event) => choose("ended", event.currentTarget.value)}
          data={[
            { value: "", label: t("openDebts") },
            { value: "1", label: t("endedDebts") },
          ]}
        />
        <NativeSelect
          aria-label={t("cause")}
          value={cause ?? ""}
          onChange={(event) => choose("cause", event.currentTarget.value)}
          data={[{ value: "", label: t("anyCause") }, ...CAUSES.map((value) => ({ value, label: t(`causes.${value}`) }))]}
        />
      </Group>
      <QueueView
        page={data?.debts}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconReceipt size={40} stroke={1.4} aria-hidden />}
        empty={t("noDebts")}
      >
        {(debt) => <DebtCard debt={debt} changed={() => refetch()} />}
      </QueueView>
    </Page>
  );
}
