import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ReportOutcome } from "../../gql/schema";
import {
  ReportDecideDocument,
  ReportReviewClaimDocument,
  ReportReviewReleaseDocument,
  type ReportRowFragment,
} from "../../gql/staffReport";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { RowPicture } from "../../ui/RowPicture";
import { useMe } from "../account/useMe";
import { PersonLink } from "./PersonLink";
import { ReasonButton } from "./ReasonButton";
import { Pictures } from "./Pictures";
import { TakeBar } from "./TakeBar";

interface ReportCardProps {
  report: ReportRowFragment;
  changed: () => unknown;
}

/** What was reported, all that was said of it, and what follows. */
export function ReportCard({ report, changed }: ReportCardProps) {
  const { t } = useTranslation("staff");
  const { t: words } = useTranslation("report");
  const { moment } = useFormat();
  const { subjectKind, user, complaintCount, openedAt, decidedAt, decidedBy, outcome, decision } = report;
  const me = useMe()?.id;
  const own = user.id === me || report.complaints.some(({ reporter }) => reporter?.id === me);
  return (
    <Paper withBorder p="md" component="article" aria-label={user.nickname}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <PersonLink user={user} below={moment(openedAt)} />
          <Stack gap={4} align="flex-end">
            <Badge variant="light" color={outcome === null ? "orange" : "gray"}>
              {outcome === null ? words("waiting") : words(`outcome.${outcome}`)}
            </Badge>
            <Text size="xs" c="dimmed">
              {words(`subject.${subjectKind}`)} · {t("complaints", { count: complaintCount })}
            </Text>
          </Stack>
        </Group>
        <Subject report={report} />
        <Complaints report={report} />
        {decidedAt !== null && (
          <Text size="sm" className="written">
            {t("decidedBy", { name: decidedBy?.nickname ?? "", at: moment(decidedAt) })} {decision}
          </Text>
        )}
        {decidedAt === null && own && (
          <Text size="sm" c="dimmed">
            {t("ownMatter")}
          </Text>
        )}
        {decidedAt === null && !own && <Decide report={report} changed={changed} />}
      </Stack>
    </Paper>
  );
}

/** What it is about: a listing, or a message among the lines around it. */
function Subject({ report: { listing, message } }: { report: ReportRowFragment }) {
  const { t } = useTranslation("staff");
  if (listing) {
    return (
      <Anchor component={Link} to={`/listings/${listing.id}`} underline="never">
        <Group gap="sm" wrap="nowrap">
          <RowPicture src={listing.cover.thumbnailUrl} />
          <Text className="written">{listing.title}</Text>
        </Group>
      </Anchor>
    );
  }
  if (!message) return null;
  return (
    <Paper withBorder p="sm">
      <Stack gap={6}>
        {message.around
          .filter(({ text, sentAt }) => text !== "" || sentAt === message.sentAt)
          .map((line) => {
            const itself = line.sentAt === message.sentAt;
            return (
              <Text
                key={`${line.sentAt}${line.text}`}
                size="sm"
                className="written"
                fw={itself ? 600 : undefined}
                c={itself ? undefined : "dimmed"}
              >
                {line.sender?.nickname ?? t("platformSays")}: {itself ? message.text : line.text}
              </Text>
            );
          })}
        <Pictures images={message.images} />
        {message.recalledAt !== null && (
          <Text size="xs" c="dimmed">
            {t("recalled")}
          </Text>
        )}
        {message.removedAt !== null && (
          <Text size="xs" c="dimmed">
            {t("removed")}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

function Complaints({ report: { complaints } }: { report: ReportRowFragment }) {
  const { t } = useTranslation("staff");
  const { t: words } = useTranslation("report");
  const { moment } = useFormat();
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {complaints.map(({ reporter, cause, text, images, createdAt }) => (
        <li key={`${createdAt}${reporter?.id ?? cause}`}>
          <Text size="sm" fw={500}>
            {words(`reasons.${cause}`)}
          </Text>
          <Text size="xs" c="dimmed">
            {reporter?.nickname ?? t("byPlatform")} · {moment(createdAt)}
          </Text>
          {text !== "" && (
            <Text size="sm" className="written">
              {text}
            </Text>
          )}
          <Pictures images={images} />
        </li>
      ))}
    </Stack>
  );
}

const COLOURS: Record<ReportOutcome, string> = { DISMISSED: "gray", WARNED: "orange", CONTENT_REMOVED: "orange", BLACKLISTED: "red" };

function Decide({ report: { id, subjectKind, claimedBy, user }, changed }: ReportCardProps) {
  const { t } = useTranslation("staff");
  const keyFor = useKeyFor();
  const claim = useAct(ReportReviewClaimDocument, (data) => data.reportReviewClaim);
  const release = useAct(ReportReviewReleaseDocument, (data) => data.reportReviewRelease);
  const decision = useAct(ReportDecideDocument, (data) => data.reportDecide);
  const outcomes: ReportOutcome[] = [
    "DISMISSED",
    "WARNED",
    ...(subjectKind === "USER" ? [] : (["CONTENT_REMOVED"] as const)),
    "BLACKLISTED",
  ];
  return (
    <TakeBar
      claimedBy={claimedBy}
      busy={claim.busy || release.busy}
      claim={() => claim.run({ input: { id } })}
      release={() => release.run({ input: { id } })}
      changed={changed}
    >
      <Group gap="xs">
        {outcomes.map((outcome) => (
          <ReasonButton
            key={outcome}
            label={t(`reportOutcome.${outcome}`)}
            variant={outcome === "DISMISSED" ? "default" : "light"}
            color={COLOURS[outcome]}
            title={t(`reportOutcome.${outcome}`)}
            text={t(`reportOutcomeText.${outcome}`, { name: user.nickname })}
            hint={t("bothSidesRead")}
            busy={decision.busy}
            act={(reason) => decision.run({ input: { id, outcome, reason, idempotencyKey: keyFor({ id, outcome, reason }) } })}
            done={changed}
          />
        ))}
      </Group>
    </TakeBar>
  );
}
