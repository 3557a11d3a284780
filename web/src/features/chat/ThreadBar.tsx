import { ActionIcon, Group, Menu } from "@mantine/core";
import { IconArrowLeft, IconDots, IconFlag } from "@tabler/icons-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Face } from "../../ui/Face";
import { BlockItem } from "../account/BlockItem";
import classes from "./Chat.module.css";

const ReportDialog = lazy(() => import("../report/ReportDialog"));

interface ThreadBarProps {
  other: { id: string; nickname: string; avatarUrl: string | null; banned: boolean };
  below?: ReactNode;
}

/** With whom one writes, and the way back on phones. */
export function ThreadBar({ other, below }: ThreadBarProps) {
  const { t } = useTranslation("chat");
  const { t: report } = useTranslation("report");
  const [reporting, setReporting] = useState(false);
  return (
    <Group className={classes.bar} wrap="nowrap" gap="sm">
      <ActionIcon component={Link} to="/chat" variant="subtle" color="gray" hiddenFrom="sm" aria-label={t("back")}>
        <IconArrowLeft size={20} />
      </ActionIcon>
      <Face user={other} size={36} below={below} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" ml="auto" aria-label={t("menu")}>
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFlag size={18} stroke={1.6} />} onClick={() => setReporting(true)}>
            {report("reportUser")}
          </Menu.Item>
          <BlockItem user={other} />
        </Menu.Dropdown>
      </Menu>
      <Suspense>{reporting && <ReportDialog of={{ userId: other.id }} close={() => setReporting(false)} />}</Suspense>
    </Group>
  );
}
