import { useQuery } from "@apollo/client/react";
import { Alert, Paper, Skeleton, Text } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { VerifyForm } from "../features/account/VerifyForm";
import { MyIdentityDocument } from "../gql/centre";
import { useFormat } from "../lib/format";
import { Page } from "../ui/Page";
import { Pairs } from "../ui/Pairs";
import { Failure } from "../ui/States";

/** Real-name verification: asked for once, shown masked afterwards. */
export function Component() {
  const { t } = useTranslation("account");
  return (
    <Page title={t("verification")} lead={t("verificationLead")} size="xs" back="/me">
      <Identity />
    </Page>
  );
}

function Identity() {
  const { t } = useTranslation("account");
  const { moment } = useFormat();
  const { data, error, refetch } = useQuery(MyIdentityDocument);
  const me = data?.me;
  if (!me) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={200} radius="md" />;
  if (!me.identity || me.identity.state === "REJECTED") {
    return (
      <Paper withBorder p={{ base: "md", sm: "xl" }}>
        {me.identity?.rejectReason != null && (
          <Alert color="red" mb="md" className="written">
            {t("rejectedBecause", { reason: me.identity.rejectReason })}
          </Alert>
        )}
        <VerifyForm />
      </Paper>
    );
  }
  const { name, number, submittedAt, state, lapsesAt } = me.identity;
  return (
    <Paper withBorder p={{ base: "md", sm: "xl" }}>
      <Alert icon={<IconShieldCheck />} color={state === "APPROVED" ? "jade" : "yellow"} mb="md">
        {state === "APPROVED" ? t("verified") : t("verificationPending")}
      </Alert>
      <Pairs
        of={[
          [t("realName"), name],
          [t("idNumber"), number],
          [t("submittedAt"), moment(submittedAt)],
        ]}
      />
      {lapsesAt !== null && (
        <Text size="sm" c="dimmed" mt="md">
          {t("lapsesAt", { at: moment(lapsesAt) })}
        </Text>
      )}
    </Paper>
  );
}
