import { Button, Group, Text } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";

interface HoldBarProps {
  claimedBy: { id: string; nickname: string } | null;
  busy: boolean;
  claim: () => Promise<Outcome<unknown>>;
  release: () => Promise<Outcome<unknown>>;
  changed: () => unknown;
  /** The decisions; who has not taken it can make them as well, unless another has. */
  children: ReactNode;
}

/** Taking something that waits, so that no other admin looks at it, and giving it back, beside the decisions. */
export function HoldBar({ claimedBy, busy, claim, release, changed, children }: HoldBarProps) {
  const { t } = useTranslation("review");
  const me = useMe()?.id;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const mine = claimedBy?.id === me;
  const act = async () => {
    const outcome = await (mine ? release() : claim());
    setProblems(outcome.problems ?? []);
    await changed();
  };
  if (claimedBy !== null && !mine)
    return (
      <Text size="sm" c="dimmed">
        {t("takenBy", { name: claimedBy.nickname })}
      </Text>
    );
  return (
    <>
      <Group justify="space-between" gap="sm" className="foot">
        <Group gap="sm">
          <Button size="compact-sm" variant="default" leftSection={<IconHandStop size={16} />} loading={busy} onClick={() => void act()}>
            {mine ? t("release") : t("claim")}
          </Button>
          <Text size="sm" c="dimmed">
            {mine ? t("yours") : t("claimHint")}
          </Text>
        </Group>
        <div>{children}</div>
      </Group>
      <Problems of={problems} />
    </>
  );
}
