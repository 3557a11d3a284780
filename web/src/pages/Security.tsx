import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CloseAccount, ExportData } from "../features/account/Leaving";
import { PasswordForm } from "../features/account/PasswordForm";
import { SecondFactor } from "../features/account/SecondFactor";
import { SessionList } from "../features/account/SessionList";
import { useMe } from "../features/account/useMe";
import { Page } from "../ui/Page";

/** Password, second factor, and where one is signed in. */
export function Component() {
  const { t } = useTranslation("account");
  // Neither is among what is left to a blacklisted user.
  const limited = useMe()?.blacklisted === true;
  return (
    <Page title={t("security")} size="sm" back="/me">
      <Part title={t("password")}>
        <PasswordForm />
      </Part>
      <Part title={t("twoFactor")}>
        <SecondFactor />
      </Part>
      <Part title={t("sessions")}>
        <Text size="sm" c="dimmed">
          {t("sessionsHint")}
        </Text>
        <SessionList />
      </Part>
      {!limited && (
        <>
          <Part title={t("exportTitle")}>
            <ExportData />
          </Part>
          <Part title={t("closeAccount")}>
            <CloseAccount />
          </Part>
        </>
      )}
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
