import { Button, Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CaseQuery, CaseWholeFragment } from "../../gql/case";
import { useFormat } from "../../lib/format";
import { Face } from "../../ui/Face";
import { Pairs } from "../../ui/Pairs";
import { FileButton } from "./FileButton";

/** What the case is about, with whom, and its file. */
export function About({ case_ }: { case_: NonNullable<CaseQuery["case"]> }) {
  const { t } = useTranslation("dispute");
  const { money, moment } = useFormat();
  const { id, kind, mySide, buyer, seller, amount, openedAt, order } = case_;
  const other = mySide === "BUYER" ? seller : buyer;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Face user={other} below={mySide === "BUYER" ? t("seller") : t("buyer")} />
        <Pairs
          of={[
            [t("about"), t(`kind.${kind}`)],
            [t("atStake"), <span className="price">{money(amount)}</span>],
            [t("openedAt"), moment(openedAt)],
          ]}
        />
        {order && (
          <Button component={Link} to={`/orders/${order.id}`} variant="default" leftSection={<IconReceipt size={18} />}>
            {t("toOrder")}
          </Button>
        )}
        <FileButton id={id} />
      </Stack>
    </Paper>
  );
}

/** What becomes of the seller's wallet while a claim is open; the buyer is not told. */
export function Freeze({ case_: { recovery } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { money, moment } = useFormat();
  if (!recovery?.freezeStage) return null;
  const { freezeStage, freezeDueAt, keptReason, held } = recovery;
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="xs">
        <Title order={2} fz="md">
          {t("freeze")}
        </Title>
        <Text size="sm">{t(`freezeStage.${freezeStage}`)}</Text>
        <Pairs
          of={[
            ...(held ? [[t("held"), money(held)] as const] : []),
            ...(freezeDueAt === null ? [] : [[t("until"), moment(freezeDueAt)] as const]),
          ]}
        />
        {keptReason !== null && (
          <Text size="sm" className="written">
            {keptReason}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** What happened, step by step; what was said is in the room. */
export function History({ case_ }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { moment } = useFormat();
  const timeline = case_.timeline.filter(({ kind }) => kind !== "MESSAGE_SENT");
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="md">
        {t("timeline")}
      </Title>
      <Timeline active={timeline.length - 1} bulletSize={14} lineWidth={2}>
        {timeline.map(({ kind, by, at }, place) => (
          <Timeline.Item
            key={place}
            title={
              <Text size="sm" fw={500}>
                {t(`step.${kind}`)}
              </Text>
            }
          >
            <Text size="xs" c="dimmed">
              {by !== null && `${t(`role.${by}`)} · `}
              <time dateTime={at}>{moment(at)}</time>
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  );
}
