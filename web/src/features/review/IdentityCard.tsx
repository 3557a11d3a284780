import { Alert, Badge, Button, Group, Image, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconHandStop, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  IdentityApproveDocument,
  IdentityRejectDocument,
  IdentityReviewClaimDocument,
  IdentityReviewReleaseDocument,
  type IdentityReviewRowFragment,
} from "../../gql/identity";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Face } from "../../ui/Face";
import { Pairs } from "../../ui/Pairs";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";
import { PersonLink } from "../staff/PersonLink";
import { ReasonDialog } from "./ReasonDialog";

interface IdentityCardProps {
  review: IdentityReviewRowFragment;
  /** Reads the queue anew. */
  changed: () => unknown;
}

/** A real name that waits; what to decide by is shown to whoever took it. */
export function IdentityCard({ review, changed }: IdentityCardProps) {
  const { t } = useTranslation("review");
  const { moment } = useFormat();
  const me = useMe()?.id;
  const { user, submittedAt, claimedBy, details } = review;
  const own = user.id === me;
  return (
    <Paper withBorder p="md" component="article" aria-label={user.nickname}>
      <Stack gap="sm">
        <PersonLink user={user} below={moment(submittedAt)} />
        {details && <Details details={details} />}
        {own && <Text c="dimmed">{t("ownIdentity")}</Text>}
        {!own && claimedBy !== null && claimedBy.id !== me && <Text c="dimmed">{t("takenBy", { name: claimedBy.nickname })}</Text>}
        {!own && (claimedBy === null || claimedBy.id === me) && <Decide review={review} changed={changed} />}
      </Stack>
    </Paper>
  );
}

function Details({ details }: { details: NonNullable<IdentityReviewRowFragment["details"]> }) {
  const { t } = useTranslation("review");
  const { t: account } = useTranslation("account");
  const { name, number, cardUrl, personUrl, sameNumber } = details;
  return (
    <>
      <Pairs
        of={[
          [account("realName"), name],
          [account("idNumber"), number],
        ]}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Image src={cardUrl} alt={account("photoCard")} radius="md" fit="contain" mah={420} />
        <Image src={personUrl} alt={account("photoPerson")} radius="md" fit="contain" mah={420} />
      </SimpleGrid>
      {sameNumber.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle />} title={t("sameNumber")}>
          <Stack gap="xs">
            {sameNumber.map(({ user, state }) => (
              <Group key={user.id} justify="space-between">
                <Face user={user} size={28} />
                <Badge variant="default">{t(`identityState.${state}`)}</Badge>
              </Group>
            ))}
          </Stack>
        </Alert>
      )}
    </>
  );
}

function Decide({ review: { user, claimedBy }, changed }: IdentityCardProps) {
  const { t } = useTranslation("review");
  const claim = useAct(IdentityReviewClaimDocument, (data) => data.identityReviewClaim);
  const release = useAct(IdentityReviewReleaseDocument, (data) => data.identityReviewRelease);
  const approval = useAct(IdentityApproveDocument, (data) => data.identityApprove);
  const rejection = useAct(IdentityRejectDocument, (data) => data.identityReject);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const input = { userId: user.id };
  const act = async (run: typeof claim.run | typeof approval.run | typeof release.run) => {
    const outcome = await run({ input });
    setProblems(outcome.problems ?? []);
    await changed();
  };
  if (claimedBy === null) {
    return (
      <>
        <Group gap="sm">
          <Button variant="default" leftSection={<IconHandStop size={18} />} loading={claim.busy} onClick={() => act(claim.run)}>
            {t("claim")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("claimIdentityHint")}
          </Text>
        </Group>
        <Problems of={problems} />
      </>
    );
  }
  return (
    <>
      <Problems of={problems} />
      <Group>
        <Button leftSection={<IconCheck size={18} />} loading={approval.busy} onClick={() => act(approval.run)}>
          {t("approve")}
        </Button>
        <Button color="red" variant="light" leftSection={<IconX size={18} />} onClick={() => setRejecting(true)}>
          {t("reject")}
        </Button>
        <Button variant="subtle" color="gray" loading={release.busy} onClick={() => act(release.run)}>
          {t("release")}
        </Button>
      </Group>
      <ReasonDialog
        title={t("rejectIdentity")}
        hint={t("reasonHintIdentity")}
        opened={rejecting}
        busy={rejection.busy}
        send={(reason) => rejection.run({ input: { ...input, reason } })}
        close={() => setRejecting(false)}
        decided={changed}
      />
    </>
  );
}
