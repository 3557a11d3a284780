import { skipToken, useQuery } from "@apollo/client/react";
import {
  IconAdjustments,
  IconDevices,
  IconFlag,
  IconGavel,
  IconHeart,
  IconReceipt,
  IconShoppingBag,
  IconShieldCheck,
  IconTag,
  IconTags,
  IconUserCircle,
  IconUserOff,
  IconWallet,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { OfferCountsDocument } from "../../gql/offer";
import { useMe } from "./useMe";

interface Entry {
  to: string;
  icon: ReactNode;
  name: string;
  hint: string;
  /** How many things wait there for whoever is signed in. */
  count?: number;
}

/** How many offers wait for an answer, made and received; none for whom may not trade. */
function useWaitingOffers(trader: boolean): { made: number; received: number } {
  const { data } = useQuery(OfferCountsDocument, trader ? {} : skipToken);
  const counts = data?.offerCounts;
  return { made: counts?.madeWaitingForYou ?? 0, received: counts?.receivedWaitingForYou ?? 0 };
}

/** What the personal centre leads to, as far as one's rights go. */
export function useCentre(): { title: string; entries: Entry[] }[] {
  const { t } = useTranslation("account");
  const me = useMe();
  const offers = useWaitingOffers(me?.blacklisted === false);
  const money = [{ to: "/wallet", icon: <IconWallet stroke={1.6} />, name: t("wallet"), hint: t("walletHint") }];
  const buying = [
    { to: "/orders/bought", icon: <IconShoppingBag stroke={1.6} />, name: t("bought"), hint: t("boughtHint") },
    { to: "/cases", icon: <IconGavel stroke={1.6} />, name: t("cases"), hint: t("casesHint") },
    { to: "/favourites", icon: <IconHeart stroke={1.6} />, name: t("favourites"), hint: t("favouritesHint") },
    { to: "/offers/made", icon: <IconTag stroke={1.6} />, name: t("offersMade"), hint: t("offersMadeHint"), count: offers.made },
  ];
  const selling = [
    { to: "/my/listings", icon: <IconTags stroke={1.6} />, name: t("myListings"), hint: t("myListingsHint") },
    {
      to: "/offers/received",
      icon: <IconTag stroke={1.6} />,
      name: t("offersReceived"),
      hint: t("offersReceivedHint"),
      count: offers.received,
    },
    { to: "/orders/sold", icon: <IconReceipt stroke={1.6} />, name: t("sold"), hint: t("soldHint") },
  ];
  const account = [
    { to: "/me/profile", icon: <IconUserCircle stroke={1.6} />, name: t("profile"), hint: t("profileHint") },
    {
      to: "/me/verification",
      icon: <IconShieldCheck stroke={1.6} />,
      name: t("verification"),
      hint: me?.verified === true ? t("isVerified") : t("notVerified"),
    },
    { to: "/me/security", icon: <IconDevices stroke={1.6} />, name: t("security"), hint: t("securityHint") },
    { to: "/me/preferences", icon: <IconAdjustments stroke={1.6} />, name: t("preferences"), hint: t("preferencesHint") },
    { to: "/reports", icon: <IconFlag stroke={1.6} />, name: t("reports"), hint: t("reportsHint") },
    { to: "/me/blocked", icon: <IconUserOff stroke={1.6} />, name: t("blocked"), hint: t("blockedHint") },
  ];
  const admin = [{ to: "/admin", icon: <IconGavel stroke={1.6} />, name: t("console"), hint: t("consoleHint") }];
  if (me?.blacklisted === true) {
    return [
      { title: t("moneyGroup"), entries: money },
      { title: t("accountGroup"), entries: account.filter(({ to }) => to !== "/me/blocked" && to !== "/reports") },
    ];
  }
  return [
    { title: t("moneyGroup"), entries: money },
    { title: t("buyerCentre"), entries: buying },
    { title: t("sellerCentre"), entries: selling },
    { title: t("accountGroup"), entries: account },
    ...(me?.admin === true ? [{ title: t("adminGroup"), entries: admin }] : []),
  ];
}
