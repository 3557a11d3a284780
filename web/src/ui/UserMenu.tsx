import { ActionIcon, Avatar, Menu } from "@mantine/core";
import { IconGavel, IconLogout, IconTags, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../features/account/useMe";
import { useSignOut } from "../features/account/useSignOut";

/** What whoever is signed in reaches from everywhere. */
export default function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const { signOut, busy } = useSignOut();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("userMenu")}>
          {me?.avatarUrl ? <Avatar size={30} radius="xl" src={me.avatarUrl} alt="" /> : <IconUserCircle size={24} stroke={1.6} />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me && <Menu.Label>{me.nickname}</Menu.Label>}
        <Menu.Item component={Link} to="/me" leftSection={<IconUserCircle size={18} stroke={1.6} />}>
          {t("centre")}
        </Menu.Item>
        <Menu.Item component={Link} to="/my/listings" leftSection={<IconTags size={18} stroke={1.6} />}>
          {t("myListings")}
        </Menu.Item>
        {me?.admin === true && (
          <Menu.Item component={Link} to="/admin" leftSection={<IconGavel size={18} stroke={1.6} />}>
            {t("console")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} stroke={1.6} />} disabled={busy} onClick={() => void signOut()}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
