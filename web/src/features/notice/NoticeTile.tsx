import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { NoticeReadDocument, type NoticeRowFragment } from "../../gql/notice";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { SubjectIcon } from "./SubjectIcon";
import classes from "./NoticeTile.module.css";
import { noticePath } from "./subject";

/** One notice: what happened, and the way to what it is about. Going there reads it. */
export function NoticeTile({ notice }: { notice: NoticeRowFragment }) {
  const { t } = useTranslation("notice");
  const { ago } = useFormat();
  const { run } = useAct(NoticeReadDocument, (data) => data.noticeRead);
  const unread = notice.readAt === null;
  const read = () => {
    if (unread) void run({ input: { id: notice.id } });
  };
  return (
    <Paper withBorder p="sm" component={Link} to={noticePath(notice)} onClick={read} className={classes.tile} data-unread={unread}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <SubjectIcon of={notice.subjectKind} />
        <Stack gap={2} flex={1} miw={0}>
          <Group justify="space-between" wrap="nowrap" align="baseline">
            <Text fw={unread ? 700 : 500}>
              {unread && <span className={classes.dot} role="img" aria-label={t("new")} />}
              {notice.title}
            </Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {ago(notice.createdAt)}
            </Text>
          </Group>
          <Text size="sm" c="dimmed" className="written">
            {notice.text}
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}
