import { IconBuildingBank, IconCash, IconDeviceGamepad2, IconGauge, IconId, IconReceipt, IconScale, IconTags } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** One page of the console. */
export interface Way {
  to: string;
  name: string;
  icon: ReactNode;
}

/** Where one can go in the console, by what it is about. */
export function useWays(): { title: string; ways: Way[] }[] {
  const { t } = useTranslation("staff");
  return [
    {
      title: t("groups.look"),
      ways: [{ to: "/admin", name: t("overview"), icon: <IconGauge size={18} stroke={1.6} aria-hidden /> }],
    },
    {
      title: t("groups.queues"),
      ways: [
        { to: "/admin/review", name: t("listings"), icon: <IconTags size={18} stroke={1.6} aria-hidden /> },
        { to: "/admin/identities", name: t("identities"), icon: <IconId size={18} stroke={1.6} aria-hidden /> },
        { to: "/admin/withdrawals", name: t("withdrawals"), icon: <IconCash size={18} stroke={1.6} aria-hidden /> },
        { to: "/admin/money", name: t("decisions"), icon: <IconScale size={18} stroke={1.6} aria-hidden /> },
        { to: "/admin/bank", name: t("bank"), icon: <IconBuildingBank size={18} stroke={1.6} aria-hidden /> },
      ],
    },
    {
      title: t("groups.house"),
      ways: [
        { to: "/admin/debts", name: t("debts"), icon: <IconReceipt size={18} stroke={1.6} aria-hidden /> },
        { to: "/admin/catalogue", name: t("catalogue"), icon: <IconDeviceGamepad2 size={18} stroke={1.6} aria-hidden /> },
      ],
    },
  ];
}
