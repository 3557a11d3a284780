import { IconDevices, IconGavel, IconShieldCheck, IconTags, IconUserOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "./useMe";

interface Entry {
  to: string;
  icon: ReactNode;
  name: string;
  hint: string;
}

/** What the personal centre leads to, as far as one's rights go. */
export function useCentre(): { title: string; entries: Entry[] }[] {
  const { t } = useTranslation("account");
  const me = useMe();
  const selling = [{ to: "/my/listings", icon: <IconTags stroke={1.6} />, name: t("myListings"), hint: t("myListingsHint") }];
  const account = [
    {
      to: "/me/verification",
      icon: <IconShieldCheck stroke={1.6} />,
      name: t("verification"),
      hint: me?.verified === true ? t("isVerified") : t("notVerified"),
    },
    { to: "/me/security", icon: <IconDevices stroke={1.6} />, name: t("security"), hint: t("securityHint") },
    { to: "/me/blocked", icon: <IconUserOff stroke={1.6} />, name: t("blocked"), hint: t("blockedHint") },
  ];
  const admin = [{ to: "/admin/review", icon: <IconGavel stroke={1.6} />, name: t("review"), hint: t("reviewHint") }];
  return [
    { title: t("sellerCentre"), entries: selling },
    { title: t("accountGroup"), entries: account },
    ...(me?.admin === true ? [{ title: t("adminGroup"), entries: admin }] : []),
  ];
}
