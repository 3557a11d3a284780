import { useQuery } from "@apollo/client/react";
import { Alert, Anchor, Button, Group, List, Modal, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AccountCloseDocument, ClosingObstaclesDocument, DataExportCreateDocument } from "../../gql/leaving";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { end } from "../../lib/session";
import { Failure, Problems } from "../../ui/States";

/** Everything that is kept of one, to take along. */
export function ExportData() {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(DataExportCreateDocument, (data) => data.dataExportCreate);
  const [url, setUrl] = useState<string>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const make = async () => {
    const outcome = await run({});
    setProblems(outcome.problems ?? []);
    setUrl(outcome.done?.url ?? undefined);
  };
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {t("exportText")}
      </Text>
      {url === undefined ? (
        <Button variant="light" loading={busy} onClick={make}>
          {t("exportMake")}
        </Button>
      ) : (
        <Anchor href={url} download>
          <Group gap={6} component="span">
            <IconDownload size={18} aria-hidden /> {t("exportReady")}
          </Group>
        </Anchor>
      )}
      <Problems of={problems} />
    </Stack>
  );
}

/** Closing the account for good, once nothing of it is open. */
export function CloseAccount() {
  const { t } = useTranslation("account");
  const { data, error, refetch } = useQuery(ClosingObstaclesDocument, { fetchPolicy: "cache-and-network" });
  const [asking, setAsking] = useState(false);
  const me = data?.me;
  if (!me) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={80} radius="md" />;
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        {t("closeText")}
      </Text>
      {me.closingObstacles.length > 0 ? (
        <Alert color="gray" title={t("closeNotYet")}>
          <List size="sm">
            {me.closingObstacles.map((obstacle) => (
              <List.Item key={obstacle}>{t(`obstacle.${obstacle}`)}</List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        <Button color="red" variant="light" onClick={() => setAsking(true)}>
          {t("closeAccount")}
        </Button>
      )}
      {asking && <CloseDialog username={me.username} close={() => setAsking(false)} />}
    </Stack>
  );
}

function CloseDialog({ username, close }: { username: string; close: () => void }) {
  const { t } = useTranslation("account");
  const { t: common } = useTranslation();
  const { run, busy } = useAct(AccountCloseDocument, (data) => data.accountClose);
  const [typed, setTyped] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async () => {
    const outcome = await run({ input: { username: typed.trim() } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) end();
  };
  return (
    <Modal opened onClose={close} title={t("closeTitle")} closeButtonProps={{ "aria-label": common("close") }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack>
          <Text size="sm">{t("closeWarning")}</Text>
          <TextInput
            label={t("closeType", { username })}
            value={typed}
            autoComplete="off"
            autoCapitalize="none"
            data-autofocus
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" color="red" loading={busy} disabled={typed.trim() !== username}>
              {t("closeAccount")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
