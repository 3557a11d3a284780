import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SessionList } from "../features/account/SessionList";
import { Page } from "../ui/Page";

/** Where one is signed in. */
export function Component() {
  const { t } = useTranslation("account");
  return (
    <Page title={t("security")} size="sm" back="/me">
      <Stack component="section" gap="sm">
        <Title order={2} fz="lg">
          {t("sessions")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("sessionsHint")}
        </Text>
        <SessionList />
      </Stack>
    </Page>
  );
}
