import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NavigationType, useBlocker, type BlockerFunction } from "react-router";
import { askBefore } from "../../lib/leave";

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
  // Whoever signs out is asked as well, by the same dialog.
  const [asked, setAsked] = useState<(leaves: boolean) => void>();
  useEffect(() => {
    if (!dirty) return undefined;
    return askBefore(() => new Promise((done) => setAsked(() => done)));
  }, [dirty]);
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  const say = (leaves: boolean) => {
    asked?.(leaves);
    setAsked(undefined);
    if (leaves) blocker.proceed?.();
    else blocker.reset?.();
  };
  const stay = () => say(false);
  const opened = blocker.state === "blocked" || asked !== undefined;
  return (
    <Modal opened={opened} onClose={stay} title={t("leaveTitle")} closeButtonProps={{ "aria-label": common("close") }}>
      <Stack>
        <Text size="sm">{t("leaveText")}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={stay}>
            {t("stay")}
          </Button>
          <Button color="red" onClick={() => say(true)}>
            {t("leave")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
