import { useQuery } from "@apollo/client/react";
import { Button, Group, Stack, Title } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { AllowButton } from "../features/notice/AllowButton";
import { NoticeTile } from "../features/notice/NoticeTile";
import { useNoticeCount } from "../features/notice/Bell";
import { NoticeReadAllDocument, NoticesDocument } from "../gql/notice";
import { useFormat } from "../lib/format";
import { useAct } from "../lib/act";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

/** What the platform told one, newest first. */
export function Component() {
  const { t } = useTranslation("notice");
  const { data, error, fetchMore, refetch } = useQuery(NoticesDocument, { variables: { first: 30 } });
  const count = useNoticeCount();
  const { run, busy } = useAct(NoticeReadAllDocument, (payload) => payload.noticeReadAll);
  const page = data?.notices;
  const readAll = async () => {
    await run({});
    await refetch();
  };
  const actions = (
    <Group gap="xs">
      <AllowButton />
      {count > 0 && (
        <Button variant="light" size="sm" loading={busy} onClick={readAll}>
          {t("readAll")}
        </Button>
      )}
    </Group>
  );
  return (
    <Page title={t("title")} size="sm" actions={actions}>
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />)}
      {page?.edges.length === 0 && <Empty icon={<IconBell size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>}
      {page && page.edges.length > 0 && (
        <Stack gap="xs">
          {page.edges.map(({ node }, index) => (
            <Fragment key={node.id}>
              <DayTitle at={node.createdAt} before={page.edges[index - 1]?.node.createdAt} />
              <NoticeTile notice={node} />
            </Fragment>
          ))}
          <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
        </Stack>
      )}
    </Page>
  );
}

/** The day above its first notice. */
function DayTitle({ at, before }: { at: string; before: string | undefined }) {
  const { dayInWords } = useFormat();
  const day = dayInWords(at);
  if (before !== undefined && dayInWords(before) === day) return null;
  return (
    <Title order={2} fz="sm" c="dimmed" fw={600} mt={before === undefined ? 0 : "sm"}>
      {day}
    </Title>
  );
}
