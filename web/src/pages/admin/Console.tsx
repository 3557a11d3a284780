import { Alert, Anchor, Badge, Container, Skeleton, VisuallyHidden } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { useMe } from "../../features/account/useMe";
import classes from "../../features/staff/Console.module.css";
import { useQueues } from "../../features/staff/useQueues";
import { useWays } from "../../features/staff/useWays";

/** The console of admins: where one can go in it, beside where one is. */
export function Component() {
  const me = useMe();
  if (!me) {
    return (
      <Container py="xl">
        <Skeleton height={320} radius="md" />
      </Container>
    );
  }
  if (!me.admin) return <Refused needsSecondFactor={me.adminNeedsSecondFactor} />;
  return (
    <div className={classes.console}>
      <Side />
      <div>
        <Outlet />
      </div>
    </div>
  );
}

function Side() {
  const { t } = useTranslation("staff");
  const groups = useWays();
  const waiting = useQueues();
  const { pathname } = useLocation();
  const row = useRef<HTMLUListElement>(null);
  // On a phone the ways are one row, which begins with where one is, also once the numbers have made it longer.
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (here) row.current?.scrollTo({ left: here.offsetLeft - 16 });
  }, [pathname, waiting.size]);
  return (
    <nav className={classes.side} aria-label={t("console")}>
      <ul className={classes.groups} ref={row}>
        {groups.map(({ title, ways }) => (
          <li key={title} className={classes.group}>
            <span className={classes.heading}>{title}</span>
            <ul className={classes.ways}>
              {ways.map(({ to, name, icon, queue }) => (
                <li key={to}>
                  <NavLink to={to} end={to === "/admin"} className={classes.way ?? ""}>
                    {icon}
                    {name}
                    {queue !== undefined && <Count of={waiting.get(queue)?.waitingCount ?? 0} />}
                  </NavLink>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many things wait there. */
function Count({ of }: { of: number }) {
  const { t } = useTranslation("staff");
  if (of === 0) return null;
  return (
    <Badge variant="light" color="orange" size="sm" className={classes.count}>
      {of > 999 ? "999+" : of}
      <VisuallyHidden> {t("waiting")}</VisuallyHidden>
    </Badge>
  );
}

function Refused({ needsSecondFactor }: { needsSecondFactor: boolean }) {
  const { t } = useTranslation("staff");
  return (
    <Container py="xl" size="sm">
      <Alert color="orange" icon={<IconShieldLock />} title={t("refused")}>
        {needsSecondFactor ? (
          <>
            {t("needsSecondFactor")}{" "}
            <Anchor component={Link} to="/me/security" inherit>
              {t("toSecurity")}
            </Anchor>
          </>
        ) : (
          t("notAdmin")
        )}
      </Alert>
    </Container>
  );
}
