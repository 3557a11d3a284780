import { useApolloClient } from "@apollo/client/react";
import { Button, Stack } from "@mantine/core";
import { IconFileTypeCsv } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WalletStatementFilter } from "../../gql/schema";
import { WalletStatementCsvDocument } from "../../gql/wallet";
import { failureOf, type Problem } from "../../lib/problems";
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
      if (data?.walletStatementCsv) window.location.assign(data.walletStatementCsv.url);
      else setProblems([{ code: "INTERNAL_SERVER_ERROR" }]);
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
