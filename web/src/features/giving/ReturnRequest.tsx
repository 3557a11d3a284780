import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderReturnRequestDocument } from "../../gql/return";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

/** Asks for a return, which a buyer can do once. */
export function ReturnRequest({ order: { id } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("giving");
  const { t: common } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={18} />} onClick={() => setAsking(true)}>
        {t("ask")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("askTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <RequestForm id={id} close={() => setAsking(false)} />
      </Modal>
    </>
  );
}

function RequestForm({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation("giving");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const { run, busy } = useAct(OrderReturnRequestDocument, (data) => data.orderReturnRequest);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (value) => (fits(value, TEXT.reason) ? null : t("reasonWrong")) },
  });
  const submit = form.onSubmit(async ({ reason }) => {
    const outcome = await run({ input: { id, reason } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) close();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("askText")}</Text>
        <Textarea
          {...form.getInputProps("reason")}
          label={t("reason")}
          description={t("reasonHint")}
          autosize
          minRows={3}
          required
          data-autofocus
        />
        <Problems of={problems} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("ask")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
