import { Anchor, Paper, Text, Timeline } from "@mantine/core";
import { IconChecks, IconEye, IconKey, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Page } from "../ui/Page";

/** How a trade runs, and where developers find the API. */
export function Component() {
  const { t } = useTranslation("market");
  const steps = [
    { icon: <IconEye size={16} />, title: t("listedTitle"), text: t("listedText") },
    { icon: <IconLock size={16} />, title: t("paidTitle"), text: t("paidText") },
    { icon: <IconKey size={16} />, title: t("handedTitle"), text: t("handedText") },
    { icon: <IconChecks size={16} />, title: t("confirmedTitle"), text: t("confirmedText") },
  ];
  return (
    <Page title={t("how")} lead={t("lead")} size="sm">
      <Paper withBorder p="xl">
        <Timeline active={steps.length} bulletSize={32} lineWidth={2}>
          {steps.map(({ icon, title, text }) => (
            <Timeline.Item key={title} bullet={icon} title={title}>
              <Text c="dimmed">{text}</Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Paper>
      <Text size="sm" c="dimmed">
        {t("developers")} <Anchor href="/graphiql">GraphiQL</Anchor>
      </Text>
    </Page>
  );
}
