import { Alert, Paper, Stack, Text, Title } from "@mantine/core";
import { IconEye, IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CaseCredentialsRevealDocument, type CaseCredentialsRevealMutation } from "../../gql/caseReview";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { useCaseStep } from "../dispute/useCaseAct";
import { ReasonButton } from "../staff/ReasonButton";

type Shown = NonNullable<NonNullable<CaseCredentialsRevealMutation["caseCredentialsReveal"]>["credentials"]>;

/** Reads what was handed over and handed back: with a reason, on record, and both parties are told. */
export function CredentialsReveal({ id }: { id: string }) {
  const { t } = useTranslation("ruling");
  const { act, busy } = useCaseStep(CaseCredentialsRevealDocument, (data) => data.caseCredentialsReveal);
  const [shown, setShown] = useState<Shown>();
  const reveal = async (reason: string) => {
    const outcome = await act({ id, reason });
    if (outcome.done?.credentials) setShown(outcome.done.credentials);
    return outcome;
  };
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {t("credentials")}
        </Title>
        {shown ? (
          <Credentials shown={shown} />
        ) : (
          <>
            <Text size="sm" c="dimmed">
              {t("revealHint")}
            </Text>
            <div>
              <ReasonButton
                label={t("reveal")}
                variant="light"
                leftSection={<IconEye size={18} />}
                title={t("revealTitle")}
                text={t("revealText")}
                hint={t("forRecord")}
                busy={busy}
                act={reveal}
                done={() => undefined}
              />
            </div>
          </>
        )}
      </Stack>
    </Paper>
  );
}

function Credentials({ shown: { delivered, handedBack } }: { shown: Shown }) {
  const { t } = useTranslation("ruling");
  const { t: order } = useTranslation("order");
  const { moment } = useFormat();
  const lines = (one: { login: string; password: string; contacts: string; notes: string }) =>
    [
      [order("login"), <code>{one.login}</code>],
      [order("password"), <code>{one.password}</code>],
      ...(one.contacts === "" ? [] : [[order("contacts"), one.contacts]]),
      ...(one.notes === "" ? [] : [[order("notes"), one.notes]]),
    ] as [string, React.ReactNode][];
  return (
    <>
      <Alert color="orange" icon={<IconLock />}>
        {t("keepToYourself")}
      </Alert>
      {delivered.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("destroyed")}
        </Text>
      )}
      {delivered.map((one) => (
        <div key={one.version}>
          <Text size="sm" fw={600}>
            {t("delivered", { version: one.version, at: moment(one.deliveredAt) })}
          </Text>
          <Pairs of={lines(one)} />
        </div>
      ))}
      {handedBack && (
        <div>
          <Text size="sm" fw={600}>
            {t("handedBack", { at: moment(handedBack.handedBackAt) })}
          </Text>
          <Pairs of={lines(handedBack)} />
        </div>
      )}
    </>
  );
}
