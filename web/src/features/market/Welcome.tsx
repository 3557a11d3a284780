import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconEyeCheck, IconLock, IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import classes from "./Welcome.module.css";

/** What strangers see first: what this is, and why it is safe. */
export function Welcome() {
  const { t } = useTranslation("market");
  const trust = [
    [IconLock, t("trust.escrow")],
    [IconEyeCheck, t("trust.reviewed")],
    [IconShieldCheck, t("trust.sealed")],
  ] as const;
  return (
    <section className={classes.welcome}>
      <svg viewBox="0 0 32 32" className={classes.sign} aria-hidden>
        <path
          d="M8 12h13l-4-4M24 20H11l4 4"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Stack gap="sm" maw={720} pos="relative">
        <Title order={1} fz={{ base: 28, sm: 34 }} lh={1.15}>
          {t("tagline")}
        </Title>
        <Text className={classes.lead} fz={{ base: "sm", sm: "md" }}>
          {t("lead")}
        </Text>
        <Group gap="sm" mt={4}>
          <Button component={Link} to="/sign-up" variant="white">
            {t("join")}
          </Button>
          <Button component={Link} to="/how-it-works" variant="outline" color="white">
            {t("how")}
          </Button>
        </Group>
      </Stack>
      <ul className={classes.trust}>
        {trust.map(([Sign, words]) => (
          <li key={words}>
            <Sign size={18} stroke={1.8} aria-hidden /> {words}
          </li>
        ))}
      </ul>
    </section>
  );
}
