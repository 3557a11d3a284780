import { Button, Container, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { useEffect } from "react";

/** A page broke, or could not be fetched because the network is away or a new version is there. */
export function Broken() {
  const { t } = useTranslation("problems");
  const error = useRouteError();
  useEffect(() => {
    console.error(error);
  }, [error]);
  // Whoever lost his network need not press anything when it is back.
  useEffect(() => {
    const again = () => window.location.reload();
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, []);
  return (
    <Container size="sm" py={80} role="alert">
      <Stack align="center" gap="md">
        <Title order={1} fz={26}>
          {t("brokenTitle")}
        </Title>
        <Text ta="center" c="dimmed">
          {t("brokenText")}
        </Text>
        <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
      </Stack>
    </Container>
  );
}
