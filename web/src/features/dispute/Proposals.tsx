import { Badge, Button, Group, Modal, Paper, Slider, Stack, Text, Title } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CaseProposalAcceptDocument, CaseProposalMakeDocument, type CaseWholeFragment } from "../../gql/case";
import type { CaseRole } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { AskButton } from "../../ui/AskButton";
import { Problems } from "../../ui/States";
import { Division } from "./Division";
import { divide } from "./divide";
import { useCaseAct } from "./useCaseAct";

interface ProposalsProps {
  case_: CaseWholeFragment;
  role: CaseRole;
}

type Proposal = NonNullable<CaseWholeFragment["refusal"]>["proposals"][number];

/** The settlements that were proposed, the newest on top, which alone can be accepted. */
export function Proposals({ case_, role }: ProposalsProps) {
  const { t } = useTranslation("dispute");
  const proposals = case_.refusal?.proposals.toReversed() ?? [];
  const open = case_.state === "MEDIATION";
  if (!open && proposals.length === 0) return null;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} fz="lg">
            {t("proposals")}
          </Title>
          {open && <Propose case_={case_} />}
        </Group>
        <Text size="sm" c="dimmed">
          {t("proposalsHint")}
        </Text>
        {proposals.length === 0 && <Text c="dimmed">{t("noProposals")}</Text>}
        {proposals.map((proposal) => (
          <Row key={proposal.version} proposal={proposal} id={case_.id} role={role} open={open} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ proposal, id, role, open }: { proposal: Proposal; id: string; role: CaseRole; open: boolean }) {
  const { t } = useTranslation("dispute");
  const { money, moment } = useFormat();
  const { act } = useCaseAct(CaseProposalAcceptDocument, (data) => data.caseProposalAccept);
  const { version, by, toSeller, toBuyer, madeAt, endedAt, buyerAcceptedAt, sellerAcceptedAt } = proposal;
  const standing = open && endedAt === null;
  const accepted = role === "BUYER" ? buyerAcceptedAt : sellerAcceptedAt;
  const mine = role === "BUYER" ? toBuyer : toSeller;
  return (
    <Paper withBorder p="sm" component="article" aria-label={t("version", { version })}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm">
            <b>{t("version", { version })}</b> · {t(`role.${by}`)} · {moment(madeAt)}
          </Text>
          <Group gap={4}>
            {buyerAcceptedAt !== null && <Badge variant="light">{t("buyerAccepts")}</Badge>}
            {sellerAcceptedAt !== null && <Badge variant="light">{t("sellerAccepts")}</Badge>}
            {!standing && <Badge variant="default">{t("replaced")}</Badge>}
          </Group>
        </Group>
        <Division of={proposal} />
        {standing && role !== "ADMIN" && accepted === null && (
          <Group>
            <AskButton
              label={t("accept")}
              size="xs"
              title={t("acceptTitle")}
              text={t("acceptText", { amount: money(mine) })}
              act={async () => (await act({ id, version })).problems ?? []}
            />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function Propose({ case_: { id, amount } }: { case_: CaseWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { t: common } = useTranslation();
  const { act, busy } = useCaseAct(CaseProposalMakeDocument, (data) => data.caseProposalMake);
  const [open, setOpen] = useState(false);
  const [share, setShare] = useState(50);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async () => {
    const outcome = await act({ id, sellerShare: share });
    setProblems(outcome.problems ?? []);
    if (outcome.done) setOpen(false);
  };
  return (
    <>
      <Button variant="light" leftSection={<IconScale size={18} />} onClick={() => setOpen(true)}>
        {t("propose")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t("proposeTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <Stack>
          <Text size="sm">{t("proposeText")}</Text>
          <Slider
            value={share}
            onChange={setShare}
            min={0}
            max={100}
            thumbLabel={t("sellerShare")}
            label={(value) => `${value} %`}
            marks={[{ value: 0 }, { value: 25 }, { value: 50 }, { value: 75 }, { value: 100 }]}
          />
          <Division of={divide(amount, share)} />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button loading={busy} onClick={() => void send()}>
              {t("propose")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
