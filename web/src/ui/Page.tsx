import { Anchor, Container, Group, Stack, Text, Title, type MantineSize } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNoticeCount } from "../features/notice/Bell";
import { useUnread } from "../features/chat/useUnread";

interface PageProps {
  title: string;
  /** A line below the title. */
  lead?: ReactNode;
  /** What can be done, beside the title. */
  actions?: ReactNode;
  size?: MantineSize | number;
  /** The page that this one is under. */
  back?: string;
  children: ReactNode;
}

/** A page with its heading; the tab is named after it. */
export function Page({ title, lead, actions, size = "lg", back, children }: PageProps) {
  useTitle(title);
  return (
    <Container size={size} py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} style={{ minWidth: 0 }}>
            {back !== undefined && <Back to={back} />}
            <Title order={1} fz={{ base: 24, sm: 30 }}>
              {title}
            </Title>
            {lead !== undefined && <Text c="dimmed">{lead}</Text>}
          </Stack>
          {actions}
        </Group>
        {children}
      </Stack>
    </Container>
  );
}

function Back({ to }: { to: string }) {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to={to} size="sm" mb={4} style={{ alignSelf: "flex-start" }}>
      <Group gap={4} component="span">
        <IconArrowLeft size={16} aria-hidden /> {t("back")}
      </Group>
    </Anchor>
  );
}

/** Names the browser's tab, with how many notices and lines wait. */
export function useTitle(title: string): void {
  const notices = useNoticeCount();
  const lines = useUnread();
  const waiting = notices + lines;
  useEffect(() => {
    const name = title === "" ? "Handover" : `${title} · Handover`;
    document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
  }, [title, waiting]);
}
