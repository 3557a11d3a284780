import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MeCard } from "../features/account/MeCard";
import { useCentre } from "../features/account/useCentre";
import { Page } from "../ui/Page";
import classes from "../features/account/Centre.module.css";

/** The personal centre: everything of one's own, by what it is about. */
export function Component() {
  const { t } = useTranslation("account");
  const groups = useCentre();
  return (
    <Page title={t("centre")} size="md">
      <MeCard />
      {groups.map(({ title, entries }) => (
        <Stack component="section" key={title} gap="sm">
          <Title order={2} fz="md" c="dimmed" fw={600}>
            {title}
          </Title>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
            {entries.map(({ to, icon, name, hint, count = 0 }) => (
              <Paper key={to} component={Link} to={to} withBorder p="md" className={classes.entry}>
                {icon}
                <div>
                  <Group gap={6}>
                    <Text fw={600}>{name}</Text>
                    {count > 0 && (
                      <>
                        <Badge size="sm" color="red" circle={count < 10} aria-hidden>
                          {count > 99 ? "99+" : count}
                        </Badge>
                        <VisuallyHidden>{t("waitingForYou", { count })}</VisuallyHidden>
                      </>
                    )}
                  </Group>
                  <Text size="sm" c="dimmed">
                    {hint}
                  </Text>
                </div>
              </Paper>
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Page>
  );
}
