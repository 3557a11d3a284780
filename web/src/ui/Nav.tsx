import { Group, Indicator, VisuallyHidden } from "@mantine/core";
import { IconWallet, IconBell, IconBuildingStore, IconCirclePlus, IconMessages, IconUserCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useMe } from "../features/account/useMe";
import { useUnread } from "../features/chat/useUnread";
import { useSession } from "../lib/session";
import classes from "./Shell.module.css";

interface Way {
  to: string;
  name: string;
  icon: ReactNode;
  /** How many things wait there. */
  count?: number;
}

/** Where one can go from everywhere. */
function useWays(): Way[] {
  const { t } = useTranslation();
  const signedIn = useSession() === "in";
  const unread = useUnread();
  const limited = useMe()?.blacklisted === true;
  if (limited) {
    return [
      { to: "/notices", name: t("notices"), icon: <IconBell stroke={1.6} aria-hidden /> },
      { to: "/wallet", name: t("wallet"), icon: <IconWallet stroke={1.6} aria-hidden /> },
      { to: "/me", name: t("me"), icon: <IconUserCircle stroke={1.6} aria-hidden /> },
    ];
  }
  return [
    { to: "/", name: t("market"), icon: <IconBuildingStore stroke={1.6} aria-hidden /> },
    { to: "/sell", name: t("sell"), icon: <IconCirclePlus stroke={1.6} aria-hidden /> },
    ...(signedIn
      ? [
          { to: "/chat", name: t("chat"), icon: <IconMessages stroke={1.6} aria-hidden />, count: unread },
          { to: "/me", name: t("me"), icon: <IconUserCircle stroke={1.6} aria-hidden /> },
        ]
      : [{ to: "/sign-in", name: t("signIn"), icon: <IconUserCircle stroke={1.6} aria-hidden /> }]),
  ];
}

/** Where to go, in words, on top of wide pages. Signing in is in the corner there. */
export function DeskNav() {
  const { t } = useTranslation();
  const ways = useWays().filter(({ to }) => to !== "/sign-in");
  return (
    <Group component="nav" gap={4} visibleFrom="sm" wrap="nowrap" aria-label={t("navigation")}>
      {ways.map(({ to, name, count = 0 }) => (
        <Indicator key={to} label={badge(count)} disabled={count === 0} size={16} offset={2} color="red">
          <NavLink className={classes.way ?? ""} to={to} end={to === "/"}>
            {name}
            {count > 0 && <VisuallyHidden>{t("waiting", { count })}</VisuallyHidden>}
          </NavLink>
        </Indicator>
      ))}
    </Group>
  );
}

/** Where to go, as tabs under the thumb. */
export function PhoneNav() {
  const { t } = useTranslation();
  const ways = useWays();
  return (
    <nav aria-label={t("navigation")} style={{ height: "100%" }}>
      <ul className={classes.tabs}>
        {ways.map(({ to, icon, name, count = 0 }) => (
          <li key={to}>
            <NavLink className={classes.tab ?? ""} to={to} end={to === "/"}>
              <Indicator label={badge(count)} disabled={count === 0} size={16} color="red">
                {icon}
              </Indicator>
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const badge = (count: number) => (count > 99 ? "99+" : count);
