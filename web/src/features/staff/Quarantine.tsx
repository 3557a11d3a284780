import { useQuery } from "@apollo/client/react";
import { Code, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BankQuarantineDocument } from "../../gql/bankDifference";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { Failure } from "../../ui/States";

/** The bank's words that were put aside because they do not fit our record. */
export function Quarantine() {
  const { t } = useTranslation("staff");
  const { money, moment } = useFormat();
  const { data, error, refetch } = useQuery(BankQuarantineDocument);
  const aside = data?.bankQuarantine;
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2} fz="md">
          {t("quarantine")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("quarantineHint")}
        </Text>
      </div>
      {!aside && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={84} radius="md" />)}
      {aside?.length === 0 && <Text size="sm">{t("nothingQuarantined")}</Text>}
      {aside?.map(({ webhookId, subject, told, amount, at }) => (
        <Paper key={webhookId} withBorder p="md">
          <Pairs
            of={[
              [t("webhook"), <Code className="written">{webhookId}</Code>],
              [t("subject"), <Code className="written">{subject}</Code>],
              [t("bankSays"), `${told} · ${money(amount)}`],
              [t("cameAt"), moment(at)],
            ]}
          />
        </Paper>
      ))}
    </Stack>
  );
}
