import { Anchor, Paper, Stepper, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useLocation } from "react-router";
import { ChooseStep } from "../features/account/ChooseStep";
import { EmailStep } from "../features/account/EmailStep";
import { useFrom } from "../features/account/useArrive";
import { EmailCodeRequestDocument } from "../gql/account";
import { useAct } from "../lib/act";
import { useSession } from "../lib/session";
import { Page } from "../ui/Page";

/** Signing up, in two steps. */
export function Component() {
  const { t } = useTranslation("account");
  const { state } = useLocation() as { state: unknown };
  const from = useFrom();
  const [email, setEmail] = useState("");
  const [step, setStep] = useState(0);
  const { run, busy } = useAct(EmailCodeRequestDocument, (data) => data.emailCodeRequest);
  const sent = (to: string) => {
    setEmail(to);
    setStep(1);
  };
  if (useSession() === "in") return <Navigate to={from} replace />;
  return (
    <Page title={t("signUp")} size={500}>
      <Paper withBorder p={{ base: "md", sm: "xl" }}>
        <Stepper active={step} size="sm" mb="lg" allowNextStepsSelect={false}>
          <Stepper.Step label={t("stepEmail")} />
          <Stepper.Step label={t("stepChoose")} />
        </Stepper>
        {step === 0 ? (
          <EmailStep email={email} request={(input) => run({ input })} busy={busy} sent={sent} />
        ) : (
          <ChooseStep email={email} back={() => setStep(0)} />
        )}
      </Paper>
      <Text ta="center" size="sm">
        {t("haveAccount")}{" "}
        <Anchor component={Link} to="/sign-in" state={state}>
          {t("signIn")}
        </Anchor>
      </Text>
    </Page>
  );
}
