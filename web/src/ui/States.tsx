import { Alert, Button, Paper, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconCloudOff } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { failureOf, type Problem } from "../lib/problems";

interface FailureProps {
  error: unknown;
  retry?: () => unknown;
}

/** What was asked for could not be had, why, and how to ask again. */
export function Failure({ error, retry }: FailureProps) {
  const { t } = useTranslation("problems");
  const { t: common } = useTranslation();
  const code = failureOf(error);
  const back = useRef(retry);
  useEffect(() => {
    back.current = retry;
  });
  // Whoever lost his network need not press anything when it is back.
  useEffect(() => {
    if (code !== "OFFLINE") return undefined;
    const online = () => void back.current?.();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [code]);
  return (
    <Paper withBorder p="xl" role="alert">
      <Stack align="center" gap="sm">
        <IconCloudOff size={36} stroke={1.5} color="var(--house-soft)" aria-hidden />
        <Text ta="center">{t(code)}</Text>
        {code === "BLACKLISTED" ? (
          <Button component={Link} to="/me" variant="light">
            {common("centre")}
          </Button>
        ) : (
          retry &&
          code !== "NOT_FOUND" && (
            <Button variant="light" onClick={() => void retry()}>
              {t("retry")}
            </Button>
          )
        )}
      </Stack>
    </Paper>
  );
}

interface EmptyProps {
  icon: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}

/** There is nothing here yet, and what would change that. */
export function Empty({ icon, children, action }: EmptyProps) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="md" py="lg" c="dimmed">
        {icon}
        <Text ta="center" maw={420}>
          {children}
        </Text>
        {action}
      </Stack>
    </Paper>
  );
}

/** Why an action was not done, above or below what was pressed. */
export function Problems({ of }: { of: readonly Problem[] }) {
  const say = useProblemWords();
  if (of.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertCircle />} role="alert">
      {of.map((problem) => (
        <Text key={problem.code} size="sm">
          {say(problem)}
        </Text>
      ))}
    </Alert>
  );
}

/** The words for a problem: the API's own, else ours for its code. */
export function useProblemWords(): (problem: Problem) => string {
  const { t, i18n } = useTranslation("problems");
  return ({ code, message }) => {
    if (message !== undefined) return message;
    return i18n.exists(code, { ns: "problems" }) ? t(code as "OFFLINE") : t("INTERNAL_SERVER_ERROR");
  };
}
