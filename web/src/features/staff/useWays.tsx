import {
  IconBuildingBank,
  IconCash,
  IconDeviceGamepad2,
  IconFlag,
  IconGauge,
  IconGavel,
  IconId,
  IconListSearch,
  IconReceipt,
  IconScale,
  IconSpeakerphone,
  IconTags,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { QueueKind } from "../../gql/schema";

/** One page of the console. */
export interface Way {
  to: string;
  name: string;
  icon: ReactNode;
  /** The queue that waits there. */
  queue?: QueueKind;
}

/** Where one can go in the console, by what it is about. */
export function useWays(): { title: string; ways: Way[] }[] {
  const { t } = useTranslation("staff");
  const way = (to: string, name: string, Sign: Icon, queue?: QueueKind): Way => {
    const shared = { to, name, icon: <Sign size={18} stroke={1.6} aria-hidden /> };
    return queue === undefined ? shared : { ...shared, queue };
  };
  return [
    { title: t("groups.look"), ways: [way("/admin", t("overview"), IconGauge)] },
    {
      title: t("groups.queues"),
      ways: [
        way("/admin/cases", t("cases"), IconGavel, "CASES"),
        way("/admin/reports", t("reports"), IconFlag, "REPORTS"),
        way("/admin/review", t("listings"), IconTags, "LISTINGS"),
        way("/admin/identities", t("identities"), IconId, "VERIFICATIONS"),
        way("/admin/withdrawals", t("withdrawals"), IconCash, "WITHDRAWALS"),
        way("/admin/money", t("decisions"), IconScale, "MONEY_DECISIONS"),
        way("/admin/bank", t("bank"), IconBuildingBank, "BANK_DIFFERENCES"),
      ],
    },
    {
      title: t("groups.house"),
      ways: [
        way("/admin/users", t("users"), IconUsers),
        way("/admin/debts", t("debts"), IconReceipt),
        way("/admin/catalogue", t("catalogue"), IconDeviceGamepad2),
        way("/admin/announcements", t("announcements"), IconSpeakerphone),
        way("/admin/audit", t("audit"), IconListSearch),
      ],
    },
  ];
}
