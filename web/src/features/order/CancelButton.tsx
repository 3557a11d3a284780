import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderCancelDocument, type OrderWholeFragment } from "../../gql/order";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";

/** Ends the order before delivery, after a second question. */
export function CancelButton({ order: { id, mySide, state } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { t: common } = useTranslation();
  const { run, busy } = useAct(OrderCancelDocument, (data) => data.orderCancel);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const cancel = async () => {
    const outcome = await run({ input: { id } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) setAsking(false);
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)} style={{ alignSelf: "flex-start" }}>
        {t("cancel")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("cancelTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <Stack>
          <Text size="sm">{t(state === "AWAITING_PAYMENT" ? `cancelUnpaid.${mySide}` : `cancelText.${mySide}`)}</Text>
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("keep")}
            </Button>
            <Button color="red" loading={busy} onClick={cancel}>
              {t("cancel")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
