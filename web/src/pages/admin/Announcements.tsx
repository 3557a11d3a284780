import { useQuery } from "@apollo/client/react";
import { Badge, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AnnounceDialog } from "../../features/staff/AnnounceDialog";
import { QueueView } from "../../features/staff/QueueView";
import { AnnouncementRetractDocument, AnnouncementsDocument, type AnnouncementRowFragment } from "../../gql/announcement";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { AskButton } from "../../ui/AskButton";
import { Page } from "../../ui/Page";

/** What was announced to everybody. */
export function Component() {
  const { t } = useTranslation("staff");
  const { data, error, fetchMore, refetch } = useQuery(AnnouncementsDocument, {
    variables: { first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("announcements")} lead={t("announcementsLead")} actions={<AnnounceDialog done={() => refetch()} />}>
      <QueueView
        page={data?.announcements}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconSpeakerphone size={40} stroke={1.4} aria-hidden />}
        empty={t("noAnnouncements")}
      >
        {(announcement) => <Row announcement={announcement} />}
      </QueueView>
    </Page>
  );
}

function Row({ announcement }: { announcement: AnnouncementRowFragment }) {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  const { run } = useAct(AnnouncementRetractDocument, (data) => data.announcementRetract);
  const { id, titleEn, textEn, titleZh, textZh, createdBy, createdAt, retractedBy, retractedAt } = announcement;
  return (
    <Paper withBorder p="md" component="article" aria-label={titleEn}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {t("announcedBy", { name: createdBy.nickname, at: moment(createdAt) })}
          </Text>
          {retractedAt !== null && <Badge variant="default">{t("retractedBy", { name: retractedBy?.nickname ?? "" })}</Badge>}
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {[
            ["zh-CN", titleZh, textZh],
            ["en", titleEn, textEn],
          ].map(([language, title, text]) => (
            <div key={language} lang={language}>
              <Text fw={600} className="written">
                {title}
              </Text>
              <Text size="sm" className="written">
                {text}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        {retractedAt === null && (
          <Group justify="flex-end">
            <AskButton
              label={t("retract")}
              variant="subtle"
              color="red"
              size="xs"
              title={t("retractTitle")}
              text={t("retractText")}
              act={async () => (await run({ input: { id } })).problems ?? []}
            />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
