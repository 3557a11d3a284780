import { useQuery } from "@apollo/client/react";
import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AllowButton } from "../features/notice/AllowButton";
import { NoticeTile } from "../features/notice/NoticeTile";
import { useNoticeCount } from "../features/notice/Bell";
import { NoticeReadAllDocument, NoticesDocument } from "../gql/notice";
import { useAct } from "../lib/act";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";

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
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={260} radius="md" />)}
      {page?.edges.length === 0 && <Empty icon={<IconBell size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>}
      {page && page.edges.length > 0 && (
        <Stack gap="xs">
          {page.edges.map(({ node }) => (
            <NoticeTile key={node.id} notice={node} />
          ))}
          <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
        </Stack>
      )}
    </Page>
  );
}
