import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionProveDocument } from "../../gql/proof";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { answerProof } from "../../lib/proof";
import { Problems, useProblemWords } from "../../ui/States";

/** Asks for the password before something that a found telephone must not do. */
export default function ProofDialog() {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const { run, busy } = useAct(SessionProveDocument, (data) => data.sessionProve);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: (value) => (value === "" ? t("passwordMissing") : null) },
  });
  const submit = form.onSubmit(async (input) => {
    const outcome = await run({ input });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) answerProof(true);
  });
  const cancel = () => answerProof(false);
  return (
    <Modal opened onClose={cancel} title={t("proofTitle")} zIndex={400} closeButtonProps={{ "aria-label": common("cancel") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t("proofText")}</Text>
          <PasswordInput
            {...form.getInputProps("password")}
            label={t("password")}
            autoComplete="current-password"
            required
            data-autofocus
          />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={cancel}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("prove")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
