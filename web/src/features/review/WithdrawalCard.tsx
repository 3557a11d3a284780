import { Alert, Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  WithdrawalApproveDocument,
  WithdrawalClaimDocument,
  WithdrawalRejectDocument,
  WithdrawalReleaseDocument,
  type WithdrawalQueueQuery,
} from "../../gql/withdrawalReview";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { useMe } from "../account/useMe";
import { HoldBar } from "../staff/HoldBar";
import { PersonLink } from "../staff/PersonLink";
import { ReasonDialog } from "./ReasonDialog";

type Review = NonNullable<WithdrawalQueueQuery["withdrawalQueue"]>["edges"][number]["node"];

interface WithdrawalCardProps {
  review: Review;
  decided: () => unknown;
}

/** A withdrawal with what an admin should know of it, and the two decisions. */
export function WithdrawalCard({ review, decided }: WithdrawalCardProps) {
  const { t } = useTranslation("review");
  const { t: wallet } = useTranslation("wallet");
  const { money, moment } = useFormat();
  const { withdrawal, owner, quickTurn, needsTwo, firstApprovedAt } = review;
  const own = useMe()?.id === owner.id;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between">
          <PersonLink user={owner} below={moment(withdrawal.createdAt)} />
          <Stack gap={0} align="flex-end">
            <Text fw={700} fz="lg">
              {money(withdrawal.amount)}
            </Text>
            <Text size="xs" c="dimmed">
              {wallet("ending", { lastFour: withdrawal.payoutAccount.lastFour })}
            </Text>
          </Stack>
        </Group>
        {quickTurn && (
          <Alert color="orange" icon={<IconAlertTriangle />}>
            {t("quickTurn")}
          </Alert>
        )}
        {needsTwo && (
          <Badge variant="light" color="blue" style={{ alignSelf: "flex-start" }}>
            {firstApprovedAt === null ? t("needsTwo") : t("oneOfTwo")}
          </Badge>
        )}
        {own || review.firstApprovedByYou ? (
          <Text size="sm" c="dimmed">
            {own ? t("ownWithdrawal") : t("another")}
          </Text>
        ) : (
          <Decide review={review} decided={decided} />
        )}
      </Stack>
    </Paper>
  );
}

function Decide({ review: { withdrawal, claimedBy }, decided }: WithdrawalCardProps) {
  const { t } = useTranslation("review");
  const keyFor = useKeyFor();
  const claim = useAct(WithdrawalClaimDocument, (data) => data.withdrawalClaim);
  const release = useAct(WithdrawalReleaseDocument, (data) => data.withdrawalRelease);
  const approval = useAct(WithdrawalApproveDocument, (data) => data.withdrawalApprove);
  const rejection = useAct(WithdrawalRejectDocument, (data) => data.withdrawalReject);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [rejecting, setRejecting] = useState(false);
  const { id } = withdrawal;
  const approve = async () => {
    const outcome = await approval.run({ input: { id, idempotencyKey: keyFor({ id, approve: true }) } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) decided();
  };
  const reject = (reason: string) => rejection.run({ input: { id, reason, idempotencyKey: keyFor({ id, reason }) } });
  return (
    <HoldBar
      claimedBy={claimedBy}
      busy={claim.busy || release.busy}
      claim={() => claim.run({ input: { id } })}
      release={() => release.run({ input: { id } })}
      changed={decided}
    >
      <Problems of={problems} />
      <Group>
        <Button leftSection={<IconCheck size={18} />} loading={approval.busy} onClick={approve}>
          {t("approve")}
        </Button>
        <Button color="red" variant="light" leftSection={<IconX size={18} />} onClick={() => setRejecting(true)}>
          {t("reject")}
        </Button>
      </Group>
      <ReasonDialog
        title={t("rejectWithdrawal")}
        hint={t("reasonHintWithdrawal")}
        opened={rejecting}
        busy={rejection.busy}
        send={reject}
        close={() => setRejecting(false)}
        decided={decided}
      />
    </HoldBar>
  );
}
