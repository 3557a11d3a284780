import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { NavigationType, useBlocker, type BlockerFunction } from "react-router";

/** The state of a way that is taken because everything was kept. */
export const KEPT = { kept: true };

/** Whether a way was taken because everything was kept, and not back to where such a way once led. */
const isKept: BlockerFunction = ({ nextLocation, historyAction }) => {
  const state: unknown = nextLocation.state;
  return historyAction !== NavigationType.Pop && typeof state === "object" && state !== null && "kept" in state;
};

/** Asks before a page is left on which something was written that is kept nowhere. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { t } = useTranslation("selling");
  const { t: common } = useTranslation();
  const blocker = useBlocker((way) => dirty && way.currentLocation.pathname !== way.nextLocation.pathname && !isKept(way));
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  const stay = () => blocker.reset?.();
  return (
    <Modal opened={blocker.state === "blocked"} onClose={stay} title={t("leaveTitle")} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        <Text size="sm">{t("leaveText")}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={stay}>
            {t("stay")}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {t("leave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
