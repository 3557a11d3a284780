import { Button, Stack } from "@mantine/core";
import { IconFileZip } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CaseFileCreateDocument } from "../../gql/case";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";

/** Downloads the whole file of a case. */
export function FileButton({ id }: { id: string }) {
  const { t } = useTranslation("dispute");
  const { run, busy } = useAct(CaseFileCreateDocument, (data) => data.caseFileCreate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const get = async () => {
    const outcome = await run({ input: { id } });
    setProblems(outcome.problems ?? []);
    if (outcome.done?.url != null) window.location.assign(outcome.done.url);
  };
  return (
    <Stack gap="xs">
      <Button variant="default" leftSection={<IconFileZip size={18} />} loading={busy} onClick={() => void get()}>
        {t("file")}
      </Button>
      <Problems of={problems} />
    </Stack>
  );
}
