import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import centre from "../../features/account/Centre.module.css";
import { useWays } from "../../features/staff/useWays";
import { Page } from "../../ui/Page";

/** Where the console begins: its queues. */
export function Component() {
  const { t } = useTranslation("staff");
  const groups = useWays().slice(1);
  return (
    <Page title={t("console")} lead={t("overviewLead")}>
      {groups.map(({ title, ways }) => (
        <Stack component="section" key={title} gap="sm">
          <Title order={2} fz="md" c="dimmed" fw={600}>
            {title}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
            {ways.map(({ to, name, icon }) => (
              <Paper key={to} component={Link} to={to} withBorder p="md" className={centre.entry}>
                {icon}
                <Text fw={600}>{name}</Text>
              </Paper>
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Page>
  );
}
