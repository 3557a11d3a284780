import { useQuery } from "@apollo/client/react";
import { Button, Modal, Paper, Stack, Text, Title } from "@mantine/core";
import { IconGavel } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { CaseOpenDocument, OrderCasesDocument } from "../../gql/case";
import type { OrderWholeFragment } from "../../gql/order";
import { useFormat } from "../../lib/format";
import { StatementForm, type Statement } from "../giving/StatementForm";
import { CaseTile } from "./CaseTile";
import { isClaimable } from "./stand";
import { useCaseAct } from "./useCaseAct";

/** The cases about an order, and opening one where the seller took the account back. */
export function OrderCases({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { data } = useQuery(OrderCasesDocument, { variables: { id: order.id } });
  // The moment at which the page was opened is exact enough to show a button; the API decides.
  const [now] = useState(() => Date.now());
  const cases = data?.order?.cases;
  if (!cases) return null;
  const claimable = isClaimable(order, cases, now);
  if (cases.length === 0 && !claimable) return null;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {t("ofOrder")}
        </Title>
        {cases.map((row) => (
          <CaseTile key={row.id} row={row} />
        ))}
        {claimable && <Claim order={order} />}
      </Stack>
    </Paper>
  );
}

function Claim({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("dispute");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const navigate = useNavigate();
  const { act, busy } = useCaseAct(CaseOpenDocument, (data) => data.caseOpen);
  const [open, setOpen] = useState(false);
  const send = async (said: Statement) => {
    const outcome = await act({ orderId: order.id, ...said });
    const id = outcome.done?.case?.id;
    if (id !== undefined) await navigate(`/cases/${id}`);
    return outcome;
  };
  return (
    <>
      <Text size="sm">{t("claimHint", { days: order.listing.warrantyDays })}</Text>
      <Button variant="default" leftSection={<IconGavel size={18} />} onClick={() => setOpen(true)} style={{ alignSelf: "flex-start" }}>
        {t("claim")}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t("claimTitle")}
        size="lg"
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <StatementForm
          text={t("claimText", { amount: money(order.price) })}
          label={t("whatHappened")}
          hint={t("bothRead")}
          doIt={t("claim")}
          color="red"
          busy={busy}
          send={send}
          done={() => setOpen(false)}
          cancel={() => setOpen(false)}
        />
      </Modal>
    </>
  );
}
