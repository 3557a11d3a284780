import { Anchor, Button, Modal, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmailChangeDocument, EmailChangeRequestDocument } from "../../gql/profile";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { CodeField } from "./CodeField";
import { EmailStep } from "./EmailStep";

/** Binds another address: a code goes there first. */
export function EmailChange() {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const { run, busy } = useAct(EmailChangeRequestDocument, (data) => data.emailChangeRequest);
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [coded, setCoded] = useState(false);
  const close = () => {
    setOpen(false);
    setCoded(false);
    setEmail("");
  };
  const sent = (to: string) => {
    setEmail(to);
    setCoded(true);
  };
  return (
    <>
      <Button size="compact-sm" variant="light" onClick={() => setOpen(true)}>
        {t("changeEmail")}
      </Button>
      <Modal opened={open} onClose={close} title={t("changeEmail")} closeButtonProps={{ "aria-label": common("close") }}>
        {coded ? (
          <Code email={email} back={() => setCoded(false)} done={close} />
        ) : (
          <EmailStep email={email} request={(input) => run({ input })} busy={busy} sent={sent} />
        )}
      </Modal>
    </>
  );
}

interface CodeProps {
  email: string;
  /** To another address, or a new code. */
  back: () => void;
  done: () => void;
}

function Code({ email, back, done }: CodeProps) {
  const { t } = useTranslation("account");
  const say = useProblemWords();
  const { run, busy } = useAct(EmailChangeDocument, (data) => data.emailChange);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { code: "" },
    validate: { code: (value) => (/^\d{6}$/.test(value) ? null : t("codeWrong")) },
  });
  const submit = form.onSubmit(async ({ code }) => {
    const outcome = await run({ input: { email, code } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) done();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">
          {t("codeSent", { email })}{" "}
          <Anchor component="button" type="button" onClick={back}>
            {t("codeAgain")}
          </Anchor>
        </Text>
        <CodeField input={form.getInputProps("code")} />
        <Problems of={problems} />
        <Button type="submit" loading={busy}>
          {t("changeEmail")}
        </Button>
      </Stack>
    </form>
  );
}
