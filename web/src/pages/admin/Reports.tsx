import { useQuery } from "@apollo/client/react";
import { Group, NativeSelect } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { QueueView } from "../../features/staff/QueueView";
import { ReportCard } from "../../features/staff/ReportCard";
import { useChoices } from "../../features/staff/useChoices";
import type { ReportHeld, ReportSubject } from "../../gql/schema";
import { ReportQueueDocument } from "../../gql/staffReport";
import { Page } from "../../ui/Page";

const SUBJECTS: readonly ReportSubject[] = ["USER", "LISTING", "MESSAGE"];
const HELD: readonly ReportHeld[] = ["FREE", "MINE", "CLAIMED"];

/** What was reported, by users and by the platform. */
export function Component() {
  const { t } = useTranslation("staff");
  const filter = useFilter();
  const { data, error, fetchMore, refetch } = useQuery(ReportQueueDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("reports")} lead={t("reportsLead")}>
      <Choices />
      <QueueView
        page={data?.reportQueue}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconFlag size={40} stroke={1.4} aria-hidden />}
        empty={t("noReports")}
      >
        {(report) => <ReportCard report={report} changed={() => refetch()} />}
      </QueueView>
    </Page>
  );
}

function useFilter() {
  const [query] = useSearchParams();
  const subjectKind = SUBJECTS.find((one) => one === query.get("of"));
  const held = HELD.find((one) => one === query.get("held"));
  const by = query.get("by");
  return {
    open: query.get("decided") === null,
    ...(subjectKind === undefined ? {} : { subjectKind }),
    ...(held === undefined ? {} : { held }),
    ...(by === null ? {} : { byPlatform: by === "platform" }),
  };
}

function Choices() {
  const { t } = useTranslation("staff");
  const { t: words } = useTranslation("report");
  const { chosen, choose } = useChoices();
  return (
    <Group gap="sm">
      <NativeSelect
        aria-label={t("which")}
        value={chosen("decided")}
        onChange={(event) => choose("decided", event.currentTarget.value)}
        data={[
          { value: "", label: t("open") },
          { value: "1", label: t("decided") },
        ]}
      />
      <NativeSelect
        aria-label={t("aboutWhat")}
        value={chosen("of")}
        onChange={(event) => choose("of", event.currentTarget.value)}
        data={[{ value: "", label: t("aboutAnything") }, ...SUBJECTS.map((value) => ({ value, label: words(`subject.${value}`) }))]}
      />
      <NativeSelect
        aria-label={t("byWhom")}
        value={chosen("by")}
        onChange={(event) => choose("by", event.currentTarget.value)}
        data={[
          { value: "", label: t("byAnybody") },
          { value: "users", label: t("byUsers") },
          { value: "platform", label: t("byPlatform") },
        ]}
      />
      <NativeSelect
        aria-label={t("heldBy")}
        value={chosen("held")}
        onChange={(event) => choose("held", event.currentTarget.value)}
        data={[{ value: "", label: t("heldByAnybody") }, ...HELD.map((value) => ({ value, label: t(`held.${value}`) }))]}
      />
    </Group>
  );
}
