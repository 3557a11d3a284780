import { useApolloClient } from "@apollo/client/react";
import { Button, Stack } from "@mantine/core";
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WalletStatementFilter } from "../../gql/schema";
import { WalletStatementCsvDocument } from "../../gql/wallet";
import { failureOf, failureOfStatus, type Problem } from "../../lib/problems";
import { save } from "../../lib/save";
import { Problems } from "../../ui/States";

/** Downloads the lines of the statement that are shown, and those below them, as a file for a spreadsheet. */
export function CsvButton({ filter }: { filter: WalletStatementFilter }) {
  const { t } = useTranslation("wallet");
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const get = async () => {
    setBusy(true);
    setProblems([]);
    try {
      const { data } = await client.query({ query: WalletStatementCsvDocument, variables: { filter }, fetchPolicy: "no-cache" });
      if (!data?.walletStatementCsv) {
        setProblems([{ code: "INTERNAL_SERVER_ERROR" }]);
        return;
      }
      const answer = await fetch(data.walletStatementCsv.url);
      if (answer.ok) save(await answer.blob(), fileName(filter, new Date()));
      else setProblems([{ code: failureOfStatus(answer.status) }]);
    } catch (error) {
      setProblems([{ code: failureOf(error) }]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        style={{ alignSelf: "flex-end" }}
        leftSection={<IconFileTypeCsv size={18} aria-hidden />}
        loading={busy}
        onClick={() => void get()}
      >
        {t("csv")}
      </Button>
      <Problems of={problems} />
    </Stack>
  );
}

/** The name of the file: which part of the wallet, and the day it was taken. */
function fileName({ part }: WalletStatementFilter, today: Date): string {
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
  return `statement-${part?.toLowerCase() ?? "all"}-${day}.csv`;
}
