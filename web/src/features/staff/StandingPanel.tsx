import { Alert, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconBan, IconUserCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { UserBlacklistDocument, UserReinstateDocument, type StaffUserWholeFragment } from "../../gql/staffUser";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { useMe } from "../account/useMe";
import { ReasonButton } from "./ReasonButton";

interface StandingPanelProps {
  file: StaffUserWholeFragment;
  changed: () => unknown;
}

/** Whether he is on the blacklist, since which decision, and the next one. */
export function StandingPanel({ file, changed }: StandingPanelProps) {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  const { user, admin, blacklisted, blacklistReason, blacklistDecisions } = file;
  const own = useMe()?.id === user.id;
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Title order={2} fz="md">
          {t("standing")}
        </Title>
        {blacklisted ? (
          <Alert color="red" icon={<IconBan />} title={t("blacklisted")}>
            <Text size="sm" className="written">
              {blacklistReason}
            </Text>
          </Alert>
        ) : (
          <Text size="sm">{t("mayTrade")}</Text>
        )}
        {blacklistDecisions.map(({ listed, by, reason, at }, place) => (
          <div key={at}>
            <Text size="xs" c="dimmed">
              {listed ? t("wasListed") : t("wasReinstated")} · {by?.nickname ?? t("operator")} · {moment(at)}
            </Text>
            {!(blacklisted && place === 0) && (
              <Text size="sm" className="written">
                {reason}
              </Text>
            )}
          </div>
        ))}
        {own && (
          <Text size="sm" c="dimmed">
            {t("ownMatter")}
          </Text>
        )}
        {!own && admin && (
          <Text size="sm" c="dimmed">
            {t("adminFirst")}
          </Text>
        )}
        {!own && !admin && <Decide file={file} changed={changed} />}
      </Stack>
    </Paper>
  );
}

function Decide({ file: { user, blacklisted }, changed }: StandingPanelProps) {
  const { t } = useTranslation("staff");
  const keyFor = useKeyFor();
  const listing = useAct(UserBlacklistDocument, (data) => data.userBlacklist);
  const reinstating = useAct(UserReinstateDocument, (data) => data.userReinstate);
  const input = (reason: string) => ({ userId: user.id, reason, idempotencyKey: keyFor({ user: user.id, reason, blacklisted }) });
  return (
    <Group>
      {blacklisted ? (
        <ReasonButton
          label={t("reinstate")}
          variant="light"
          leftSection={<IconUserCheck size={18} />}
          title={t("reinstateTitle", { name: user.nickname })}
          text={t("reinstateText")}
          hint={t("forRecord")}
          busy={reinstating.busy}
          act={(reason) => reinstating.run({ input: input(reason) })}
          done={changed}
        />
      ) : (
        <ReasonButton
          label={t("blacklist")}
          color="red"
          variant="light"
          leftSection={<IconBan size={18} />}
          title={t("blacklistTitle", { name: user.nickname })}
          text={t("blacklistText")}
          hint={t("ownerReads")}
          busy={listing.busy}
          act={(reason) => listing.run({ input: input(reason) })}
          done={changed}
        />
      )}
    </Group>
  );
}
