import { useQuery } from "@apollo/client/react";
import { Group, SegmentedControl } from "@mantine/core";
import { IconBuildingBank } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DifferenceCard } from "../../features/staff/DifferenceCard";
import { Quarantine } from "../../features/staff/Quarantine";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { QueueView } from "../../features/staff/QueueView";
import { BankDifferencesDocument } from "../../gql/bankDifference";
import { Page } from "../../ui/Page";

/** Where the bank's book and ours differ. */
export function Component() {
  const { t } = useTranslation("staff");
  const filter = useQueueFilter();
  const [resolved, setResolved] = useState(false);
  const { data, error, fetchMore, refetch } = useQuery(BankDifferencesDocument, {
    variables: { resolved, filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("bank")} lead={t("bankLead")}>
      <Group gap="sm">
        <SegmentedControl
          aria-label={t("which")}
          value={resolved ? "resolved" : "open"}
          onChange={(value) => setResolved(value === "resolved")}
          data={[
            { value: "open", label: t("open") },
            { value: "resolved", label: t("resolved") },
          ]}
        />
        {!resolved && <QueueFilter />}
      </Group>
      <QueueView
        page={data?.bankDifferences}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconBuildingBank size={40} stroke={1.4} aria-hidden />}
        empty={resolved ? t("noneResolved") : t("noDifferences")}
      >
        {(difference) => <DifferenceCard difference={difference} changed={() => refetch()} />}
      </QueueView>
      <Quarantine />
    </Page>
  );
}
