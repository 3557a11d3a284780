import { Group } from "@mantine/core";
import { IconBuildingStore, IconCirclePlus, IconTags, IconUserCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useSession } from "../lib/session";
import classes from "./Shell.module.css";

/** Where to go, in words, on top of wide pages. */
export function DeskNav() {
  const { t } = useTranslation();
  const signedIn = useSession() === "in";
  return (
    <Group component="nav" gap={4} visibleFrom="sm" wrap="nowrap" aria-label={t("navigation")}>
      <NavLink className={classes.way} to="/" end>
        {t("market")}
      </NavLink>
      <NavLink className={classes.way} to="/sell">
        {t("sell")}
      </NavLink>
      {signedIn && (
        <NavLink className={classes.way} to="/my/listings">
          {t("myListings")}
        </NavLink>
      )}
    </Group>
  );
}

/** Where to go, as tabs under the thumb. */
export function PhoneNav() {
  const { t } = useTranslation();
  const signedIn = useSession() === "in";
  const tabs = [
    { to: "/", icon: <IconBuildingStore stroke={1.6} aria-hidden />, name: t("market") },
    { to: "/sell", icon: <IconCirclePlus stroke={1.6} aria-hidden />, name: t("sell") },
    signedIn
      ? { to: "/my/listings", icon: <IconTags stroke={1.6} aria-hidden />, name: t("myListings") }
      : { to: "/sign-in", icon: <IconUserCircle stroke={1.6} aria-hidden />, name: t("signIn") },
  ];
  return (
    <nav aria-label={t("navigation")} style={{ height: "100%" }}>
      <ul className={classes.tabs}>
        {tabs.map(({ to, icon, name }) => (
          <li key={to}>
            <NavLink className={classes.tab} to={to} end={to === "/"}>
              {icon}
              {name}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
