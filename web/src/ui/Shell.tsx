import { AppShell, Group, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";
import { Proof } from "../features/account/Proof";
import { BlacklistedBar } from "./BlacklistedBar";
import { useSession } from "../lib/session";
import { LostBar } from "./LostBar";
import { Corner } from "./Corner";
import { Mark } from "./Mark";
import { Footer } from "./Footer";
import { DeskNav, PhoneNav } from "./Nav";
import classes from "./Shell.module.css";

const Live = lazy(() => import("../features/notice/Live"));

/** What every page has around it: where to go on top, on phones at the bottom. */
export function Shell() {
  const { t } = useTranslation();
  const signedIn = useSession() === "in";
  const { pathname } = useLocation();
  // A conversation fills the window to its lower edge.
  const chatting = pathname.startsWith("/chat");
  useFocusAfterWay(pathname);
  const busy = useNavigation().state === "loading";
  return (
    <AppShell header={{ height: 60 }} footer={{ height: { base: 64, sm: 0 } }} padding={0}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px={{ base: "md", sm: "lg" }} justify="space-between" wrap="nowrap" maw={1320} mx="auto">
          <Group gap="xl" wrap="nowrap">
            <UnstyledButton component={Link} to="/" className={classes.brand}>
              <Mark /> <span className={classes.name}>Handover</span>
            </UnstyledButton>
            <DeskNav />
          </Group>
          <Corner />
        </Group>
        {busy && <div className={classes.busy} role="progressbar" aria-label={t("loading")} />}
      </AppShell.Header>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <LostBar />
        <BlacklistedBar />
        <Outlet />
        {!chatting && <Footer />}
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm" className={classes.footer}>
        <PhoneNav />
      </AppShell.Footer>
      <Proof />
      <Suspense>{signedIn && <Live />}</Suspense>
      <ScrollRestoration />
    </AppShell>
  );
}

/** Whoever went elsewhere by something that is no longer there goes on from the beginning of the page, not of the window. */
function useFocusAfterWay(pathname: string): void {
  const before = useRef(pathname);
  useEffect(() => {
    const same = before.current === pathname;
    before.current = pathname;
    if (!same && document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
}
