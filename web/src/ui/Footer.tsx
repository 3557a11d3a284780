import { Anchor, Container, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Below every page on wide screens; on phones the tabs are there. */
export function Footer() {
  const { t } = useTranslation();
  return (
    <Container component="footer" size={1320} px="lg" py="xl" visibleFrom="sm">
      <Group justify="space-between" gap="lg">
        <Text size="sm" c="dimmed">
          {t("slogan")}
        </Text>
        <Group component="nav" gap="lg" aria-label={t("footer")}>
          <Anchor component={Link} to="/how-it-works" size="sm" c="dimmed">
            {t("how")}
          </Anchor>
          <Anchor href="/graphiql" size="sm" c="dimmed">
            {t("developers")}
          </Anchor>
        </Group>
      </Group>
    </Container>
  );
}
