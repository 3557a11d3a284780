import { Anchor, Paper, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation } from "react-router";
import { SignInForm } from "../features/account/SignInForm";
import { useFrom } from "../features/account/useArrive";
import { useSession } from "../lib/session";
import { Page } from "../ui/Page";

/** Signing in. */
export function Component() {
  const { t } = useTranslation("account");
  const { state } = useLocation() as { state: unknown };
  const from = useFrom();
  if (useSession() === "in") return <Navigate to={from} replace />;
  return (
    <Page title={t("signIn")} lead={from === "/" ? undefined : t("signInFirst")} size={460}>
      <Paper withBorder p={{ base: "md", sm: "xl" }}>
        <SignInForm />
      </Paper>
      <Text ta="center" size="sm">
        {t("noAccount")}{" "}
        <Anchor component={Link} to="/sign-up" state={state}>
          {t("signUp")}
        </Anchor>
      </Text>
    </Page>
  );
}
