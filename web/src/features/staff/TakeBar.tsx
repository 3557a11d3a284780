import { Button, Group, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";

interface TakeBarProps {
  claimedBy: { id: string; nickname: string } | null;
  busy: boolean;
  claim: () => Promise<Outcome<unknown>>;
  release?: () => Promise<Outcome<unknown>>;
  changed: () => unknown;
  /** What whoever has it can do. */
  children?: ReactNode;
}

/** Who looks at something that waits; taking it, giving it back, and what can be done about it by whoever took it. */
export function TakeBar({ claimedBy, busy, claim, release, changed, children }: TakeBarProps) {
  const { t } = useTranslation("review");
  const me = useMe()?.id;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const act = async (run: () => Promise<Outcome<unknown>>) => {
    const outcome = await run();
    setProblems(outcome.problems ?? []);
    await changed();
  };
  if (claimedBy !== null && claimedBy.id !== me)
    return (
      <Text size="sm" c="dimmed">
        {t("takenBy", { name: claimedBy.nickname })}
      </Text>
    );
  return (
    <>
      {claimedBy === null ? (
        <Group gap="sm">
          <Button variant="default" leftSection={<IconHandStop size={18} />} loading={busy} onClick={() => void act(claim)}>
            {t("claim")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("claimHint")}
          </Text>
        </Group>
      ) : (
        <Group justify="space-between" gap="sm" className="foot">
          {children}
          {release && (
            <Button variant="default" size="compact-sm" loading={busy} onClick={() => void act(release)}>
              {t("release")}
            </Button>
          )}
        </Group>
      )}
      <Problems of={problems} />
    </>
  );
}
