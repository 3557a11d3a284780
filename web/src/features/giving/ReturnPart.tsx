import { Group, Modal, Paper, Stack, Text, Title, Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderReturnAgreeDocument, OrderReturnWithdrawDocument } from "../../gql/return";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { AskButton } from "../../ui/AskButton";
import { Evidence } from "./Evidence";
import { HandBackForm } from "./HandBackForm";
import { HandBackPanel } from "./HandBackPanel";
import { RefuseForm } from "./RefuseForm";

interface PartProps {
  order: OrderWholeFragment;
}

/** Everything about a return that was asked for. Nothing where none was. */
export function ReturnPart({ order }: PartProps) {
  const { t } = useTranslation("giving");
  if (order.returnRequestedAt === null) return null;
  return (
    <Stack>
      <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
        <Stack>
          <Title order={2} fz="lg">
            {t("title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("reason")}
          </Text>
          <Text className="written">{order.returnReason}</Text>
          {order.state === "CANCELLED" && <Text size="sm">{t("cancelled")}</Text>}
          {order.mySide === "BUYER" ? <BuyerTurn order={order} /> : <SellerTurn order={order} />}
        </Stack>
      </Paper>
      {order.handBack && (
        <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
          <HandBackPanel order={order} />
        </Paper>
      )}
      <Evidence evidence={order.evidence} mySide={order.mySide} />
    </Stack>
  );
}

function BuyerTurn({ order }: PartProps) {
  const { t } = useTranslation("giving");
  const { run } = useAct(OrderReturnWithdrawDocument, (data) => data.orderReturnWithdraw);
  if (order.state !== "RETURN_REQUESTED") return null;
  const withdraw = async () => (await run({ input: { id: order.id } })).problems ?? [];
  return (
    <>
      <HandBackForm order={order} />
      <AskButton variant="subtle" color="red" label={t("withdraw")} title={t("withdrawTitle")} text={t("withdrawText")} act={withdraw} />
    </>
  );
}

function SellerTurn({ order: { id, state, price } }: PartProps) {
  const { t } = useTranslation("giving");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const { run } = useAct(OrderReturnAgreeDocument, (data) => data.orderReturnAgree);
  const [refusing, setRefusing] = useState(false);
  if (state !== "RETURN_REQUESTED" && state !== "RETURN_INSPECTION") return null;
  const agree = async () => (await run({ input: { id } })).problems ?? [];
  return (
    <Group>
      <AskButton label={t("agree")} title={t("agreeTitle")} text={t("agreeText", { price: money(price) })} act={agree} />
      {state === "RETURN_INSPECTION" && (
        <Button variant="default" onClick={() => setRefusing(true)}>
          {t("refuse")}
        </Button>
      )}
      <Modal
        opened={refusing}
        onClose={() => setRefusing(false)}
        title={t("refuseTitle")}
        size="lg"
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <RefuseForm id={id} close={() => setRefusing(false)} />
      </Modal>
    </Group>
  );
}
