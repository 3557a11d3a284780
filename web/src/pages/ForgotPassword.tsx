import { Anchor, Paper, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EmailStep } from "../features/account/EmailStep";
import { ResetStep } from "../features/account/ResetStep";
import { PasswordResetRequestDocument } from "../gql/reset";
import { useAct } from "../lib/act";
import { Page } from "../ui/Page";

/** A new password in the place of a forgotten one, by a code that is mailed. */
export function Component() {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(PasswordResetRequestDocument, (data) => data.passwordResetRequest);
  const [email, setEmail] = useState("");
  const [coded, setCoded] = useState(false);
  const sent = (to: string) => {
    setEmail(to);
    setCoded(true);
  };
  return (
    <Page title={t("forgotTitle")} lead={t("forgotLead")} size={460}>
      <Paper withBorder p={{ base: "md", sm: "xl" }}>
        {coded ? (
          <ResetStep email={email} back={() => setCoded(false)} />
        ) : (
          <EmailStep email={email} request={(input) => run({ input })} busy={busy} sent={sent} />
        )}
      </Paper>
      <Text ta="center" size="sm">
        <Anchor component={Link} to="/sign-in">
          {t("signIn")}
        </Anchor>
      </Text>
    </Page>
  );
}
