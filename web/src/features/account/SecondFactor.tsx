import { useQuery } from "@apollo/client/react";
import { Alert, Button, Code, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MyProfileDocument } from "../../gql/profile";
import {
  SecondFactorBeginDocument,
  SecondFactorConfirmDocument,
  SecondFactorDisableDocument,
  type SecondFactorBeginMutation,
} from "../../gql/security";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Failure, Problems } from "../../ui/States";

type Secret = NonNullable<NonNullable<SecondFactorBeginMutation["secondFactorBegin"]>["secret"]>;

/** The second factor: set up with an authenticator, or taken away. */
export function SecondFactor() {
  const { t } = useTranslation("account");
  const { data, error, refetch } = useQuery(MyProfileDocument);
  const [recovery, setRecovery] = useState<readonly string[]>();
  const factor = data?.me?.secondFactor;
  if (!factor) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={80} radius="md" />;
  const confirmed = (codes: readonly string[]) => {
    setRecovery(codes);
    void refetch();
  };
  return (
    <Stack gap="sm">
      {recovery && <RecoveryCodes codes={recovery} />}
      {factor.active ? (
        <>
          <Text size="sm">{t("factorActive", { count: factor.recoveryCodesLeft })}</Text>
          <Disable />
        </>
      ) : (
        <SetUp confirmed={confirmed} />
      )}
    </Stack>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation("account");
  return (
    <Alert color="orange" icon={<IconShieldLock />} title={t("recoveryTitle")}>
      <Text size="sm" mb="xs">
        {t("recoveryText")}
      </Text>
      <Code block>{codes.join("\n")}</Code>
    </Alert>
  );
}

function SetUp({ confirmed }: { confirmed: (codes: readonly string[]) => void }) {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(SecondFactorBeginDocument, (data) => data.secondFactorBegin);
  const confirm = useAct(SecondFactorConfirmDocument, (data) => data.secondFactorConfirm);
  const [secret, setSecret] = useState<Secret>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const begin = async () => {
    const outcome = await run({});
    setProblems(outcome.problems ?? []);
    setSecret(outcome.done?.secret ?? undefined);
  };
  const finish = async (code: string) => {
    const outcome = await confirm.run({ input: { code } });
    setProblems(outcome.problems ?? []);
    if (outcome.done?.recoveryCodes) confirmed(outcome.done.recoveryCodes);
  };
  return (
    <>
      <Text size="sm" c="dimmed">
        {t("factorText")}
      </Text>
      {secret ? (
        <Stack gap="sm">
          <div style={{ background: "#fff", padding: 12, alignSelf: "flex-start", borderRadius: 8 }}>
            <QRCodeSVG value={secret.uri} size={168} title={t("qrCode")} />
          </div>
          <Text size="sm">
            {t("typeSecret")} <Code>{secret.secret}</Code>
          </Text>
          <CodeForm label={t("confirmFactor")} busy={confirm.busy} send={finish} />
        </Stack>
      ) : (
        <Button variant="light" loading={busy} onClick={begin} style={{ alignSelf: "flex-start" }}>
          {t("setUpFactor")}
        </Button>
      )}
      <Problems of={problems} />
    </>
  );
}

function Disable() {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(SecondFactorDisableDocument, (data) => data.secondFactorDisable);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const disable = async (code: string) => {
    const outcome = await run({ input: { code } });
    setProblems(outcome.problems ?? []);
  };
  return (
    <>
      <CodeForm label={t("disableFactor")} busy={busy} send={disable} />
      <Problems of={problems} />
    </>
  );
}

function CodeForm({ label, busy, send }: { label: string; busy: boolean; send: (code: string) => Promise<void> }) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  return (
    <Group
      component="form"
      align="flex-end"
      gap="sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") void send(code.trim());
      }}
    >
      <TextInput
        label={t("secondFactor")}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoComplete="one-time-code"
        inputMode="numeric"
      />
      <Button type="submit" variant="light" loading={busy}>
        {label}
      </Button>
    </Group>
  );
}
