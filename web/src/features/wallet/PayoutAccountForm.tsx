import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PayoutAccountAddDocument } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { Remedy } from "./Remedy";

/** Adds a bank account of one's own to take money out to. */
export function PayoutAccountForm({ added }: { added: () => unknown }) {
  const { t } = useTranslation("wallet");
  const say = useProblemWords();
  const keyFor = useKeyFor();
  // A number that was added, removed and is added again is sent anew and not repeated.
  const [count, setCount] = useState(0);
  const { run, busy } = useAct(PayoutAccountAddDocument, (data) => data.payoutAccountAdd);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { number: "" },
    validate: { number: (value) => (/^\d{8,32}$/.test(value.replaceAll(/[\s-]/g, "")) ? null : t("numberWrong")) },
  });
  const submit = form.onSubmit(async ({ number }) => {
    const outcome = await run({ input: { number, idempotencyKey: keyFor({ number, count }) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    setCount(count + 1);
    form.reset();
    await added();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          {...form.getInputProps("number")}
          label={t("number")}
          description={t("numberHint")}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        <Problems of={problems} />
        <Remedy problem={problems[0]} />
        <Button type="submit" variant="light" loading={busy}>
          {t("addAccount")}
        </Button>
      </Stack>
    </form>
  );
}
