import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconMoon, IconSun, IconUserCircle } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Bell } from "../features/notice/Bell";
import { useSession } from "../lib/session";
import { chooseLocale } from "../lib/words";

// Strangers need no menu, and their first page comes sooner without its machinery.
const UserMenu = lazy(() => import("./UserMenu"));

/** The corner of the header: language, light, and whoever is signed in. */
export function Corner() {
  const session = useSession();
  return (
    <Group gap={4} wrap="nowrap">
      <LanguageSwitch />
      <SchemeSwitch />
      {session === "in" ? (
        <>
          <Bell />
          <Suspense fallback={<IconUserCircle size={24} stroke={1.6} aria-hidden />}>
            <UserMenu />
          </Suspense>
        </>
      ) : (
        <SignInButtons />
      )}
    </Group>
  );
}

function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other = i18n.language === "zh-CN" ? "en" : "zh-CN";
  const label = t("otherLanguage");
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      lang={other}
      aria-label={label}
      title={label}
      onClick={() => void chooseLocale(other)}
    >
      <IconLanguage size={20} stroke={1.6} />
    </ActionIcon>
  );
}

function SchemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme() === "dark";
  const label = dark ? t("toLight") : t("toDark");
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={20} stroke={1.6} /> : <IconMoon size={20} stroke={1.6} />}
    </ActionIcon>
  );
}

function SignInButtons() {
  const { t } = useTranslation();
  return (
    <>
      <Button component={Link} to="/sign-in" variant="subtle" px="sm">
        {t("signIn")}
      </Button>
      <Button component={Link} to="/sign-up" px="sm" visibleFrom="xs">
        {t("signUp")}
      </Button>
    </>
  );
}
