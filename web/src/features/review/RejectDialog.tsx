import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListingRejectDocument } from "../../gql/review";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import type { Waiting } from "./ReviewCard";

interface RejectDialogProps {
  listing: Waiting;
  opened: boolean;
  close: () => void;
  decided: () => void;
}

/** Why a listing is refused; its seller reads this. */
export function RejectDialog({ listing, opened, close, decided }: RejectDialogProps) {
  const { t } = useTranslation("review");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const { run, busy } = useAct(ListingRejectDocument, (data) => data.listingReject);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (value) => (fits(value, TEXT.reason) ? null : t("reasonWrong")) },
  });
  const submit = form.onSubmit(async ({ reason }) => {
    const outcome = await run({ input: { id: listing.id, version: listing.version, reason } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) decided();
  });
  return (
    <Modal opened={opened} onClose={close} title={t("rejectTitle")} closeButtonProps={{ "aria-label": common("cancel") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
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
            <Button type="submit" color="red" loading={busy}>
              {t("reject")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
