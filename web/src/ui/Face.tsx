import { Avatar, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface FaceProps {
  user: { nickname: string; avatarUrl: string | null; banned: boolean };
  /** A line below the name. */
  below?: ReactNode;
  size?: number;
}

/** A user as others see him. A banned one is grey. */
export function Face({ user, below, size = 40 }: FaceProps) {
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Avatar
        size={size}
        radius="xl"
        color={user.banned ? "gray" : "initials"}
        src={user.avatarUrl}
        name={user.banned ? "" : user.nickname}
        aria-hidden
      />
      <Stack gap={0} style={{ minWidth: 0 }}>
        <Text fw={500} truncate c={user.banned ? "dimmed" : undefined}>
          {user.nickname}
        </Text>
        {below !== undefined && (
          <Text size="xs" c="dimmed" truncate>
            {below}
          </Text>
        )}
      </Stack>
    </Group>
  );
}
