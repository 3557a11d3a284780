import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text } from "@mantine/core";
import { IconChecks, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderConfirmDocument, type OrderWholeFragment } from "../../gql/order";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";

/** Confirms that the buyer has the account: the seller is paid. Open steps of the checklist are acknowledged first. */
export function ConfirmButton({ order: { id, checklist, price, listing } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const { run, busy } = useAct(OrderConfirmDocument, (data) => data.orderConfirm);
  const [asking, setAsking] = useState(false);
  const [known, setKnown] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const open = checklist.filter(({ done }) => !done).length;
  const confirm = async () => {
    const outcome = await run({ input: { id, acknowledgeOpenSteps: known } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) setAsking(false);
  };
  return (
    <>
      <Button size="md" leftSection={<IconChecks size={20} />} onClick={() => setAsking(true)}>
        {t("confirm")}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("confirmTitle")}
        closeButtonProps={{ "aria-label": common("close") }}
      >
        <Stack>
          <Text size="sm">{t("confirmText")}</Text>
          <Alert color="orange" icon={<IconInfoCircle />} title={t("atStake")}>
            <List size="sm">
              <List.Item>{t("stakePaid", { price: money(price) })}</List.Item>
              <List.Item>{t("stakeReturn")}</List.Item>
              <List.Item>{t("stakeWarranty", { count: listing.warrantyDays })}</List.Item>
            </List>
          </Alert>
          {open > 0 && (
            <Checkbox label={t("openSteps", { count: open })} checked={known} onChange={(event) => setKnown(event.currentTarget.checked)} />
          )}
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {common("cancel")}
            </Button>
            <Button loading={busy} disabled={open > 0 && !known} onClick={confirm}>
              {t("confirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
