import { ActionIcon, Button, Group, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconGavel, IconLanguage, IconLogout, IconMoon, IconSun, IconTags, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../features/account/useMe";
import { useSignOut } from "../features/account/useSignOut";
import { useSession } from "../lib/session";
import { chooseLocale } from "../lib/words";

/** The corner of the header: language, light, and whoever is signed in. */
export function Corner() {
  const session = useSession();
  return (
    <Group gap={4} wrap="nowrap">
      <LanguageSwitch />
      <SchemeSwitch />
      {session === "in" ? <UserMenu /> : <SignInButtons />}
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

function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { signOut } = useSignOut();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("userMenu")}>
          <IconUserCircle size={24} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/me" leftSection={<IconUserCircle size={18} stroke={1.6} />}>
          {t("centre")}
        </Menu.Item>
        <Menu.Item component={Link} to="/my/listings" leftSection={<IconTags size={18} stroke={1.6} />}>
          {t("myListings")}
        </Menu.Item>
        {me?.admin === true && (
          <Menu.Item component={Link} to="/admin/review" leftSection={<IconGavel size={18} stroke={1.6} />}>
            {t("review")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.6} />} onClick={() => void signOut()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
