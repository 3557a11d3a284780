import { ActionIcon, Button, CopyButton, Group, Select, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconCopy, IconEye, IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderRevealDocument, type OrderRevealMutation, type OrderWholeFragment } from "../../gql/order";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Pairs } from "../../ui/Pairs";
import { Problems } from "../../ui/States";

type Credentials = NonNullable<NonNullable<OrderRevealMutation["orderReveal"]>["credentials"]>;

/** Opens what was handed over. What was opened is kept on this page only, until it is hidden or left. */
export function CredentialsPanel({ order: { id, credentialsVersions } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { moment } = useFormat();
  const { run, busy } = useAct(OrderRevealDocument, (data) => data.orderReveal);
  const [chosen, setChosen] = useState<number>();
  const version = chosen ?? credentialsVersions.at(-1)?.version;
  const [read, setRead] = useState<Credentials>();
  // What was read of another version is not shown under this one's number, also when a correction arrives meanwhile.
  const shown = read?.version === version ? read : undefined;
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const reveal = async () => {
    const { done, problems: refused = [] } = await run({ input: { id, ...(version === undefined ? {} : { version }) } });
    setProblems(refused);
    setRead(done?.credentials ?? undefined);
  };
  return (
    <Stack gap="sm">
      <Title order={2} fz="lg">
        {t("credentials")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("credentialsHint")}
      </Text>
      {credentialsVersions.length > 1 && (
        <Select
          label={t("version")}
          value={String(version)}
          onChange={(value) => {
            setChosen(Number(value));
            setRead(undefined);
          }}
          data={credentialsVersions.map((one) => ({ value: String(one.version), label: `${one.version} · ${moment(one.deliveredAt)}` }))}
          allowDeselect={false}
        />
      )}
      {shown && <Shown credentials={shown} />}
      <Problems of={problems} />
      {shown ? (
        <Button variant="default" leftSection={<IconEyeOff size={18} />} onClick={() => setRead(undefined)}>
          {t("hide")}
        </Button>
      ) : (
        <Button leftSection={<IconEye size={18} />} loading={busy} onClick={reveal}>
          {t("reveal")}
        </Button>
      )}
    </Stack>
  );
}

/** What was read, each part with a button that copies it. */
export function Shown({
  credentials: { login, password, contacts, notes },
}: {
  credentials: Pick<Credentials, "login" | "password" | "contacts" | "notes">;
}) {
  const { t } = useTranslation("order");
  return (
    <Pairs
      of={[
        [t("login"), <Copied text={login} />],
        [t("password"), <Copied text={password} />],
        ...(contacts === "" ? [] : [[t("contacts"), <Copied text={contacts} />] as const]),
        ...(notes === "" ? [] : [[t("notes"), <span className="written">{notes}</span>] as const]),
      ]}
    />
  );
}

function Copied({ text }: { text: string }) {
  const { t } = useTranslation("order");
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Text component="code" ff="monospace" className="written">
        {text}
      </Text>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon variant="subtle" color={copied ? "jade" : "gray"} aria-label={copied ? t("copied") : t("copy")} onClick={copy}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  );
}
