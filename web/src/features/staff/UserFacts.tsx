import { Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { StaffUserWholeFragment } from "../../gql/staffUser";
import { useFormat } from "../../lib/format";
import { Face } from "../../ui/Face";
import { Pairs } from "../../ui/Pairs";
import { RecordLine } from "../seller/RecordLine";

interface FactsProps {
  file: StaffUserWholeFragment;
}

/** Who he is. */
export function UserHead({ file }: FactsProps) {
  const { t } = useTranslation("staff");
  const { t: review } = useTranslation("review");
  const { day, money } = useFormat();
  const { user, username, email, admin, verified, identity, closedAt, owes } = file;
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Face user={user} size={52} below={username} />
          <Group gap={6}>
            {admin && <Badge variant="light">{t("isAdmin")}</Badge>}
            {closedAt !== null && <Badge variant="default">{t("closed")}</Badge>}
          </Group>
        </Group>
        <Pairs
          of={[
            [t("email"), email],
            [t("since"), day(user.createdAt)],
            [t("realName"), verified ? t("isVerified") : identity === null ? t("notVerified") : review(`identityState.${identity}`)],
            [t("owesInAll"), money(owes)],
          ]}
        />
        <RecordLine userId={user.id} />
        <Anchor component={Link} to={`/sellers/${user.id}`} size="sm">
          {t("publicPage")}
        </Anchor>
      </Stack>
    </Paper>
  );
}

/** How many orders he has, and what became of them. */
export function Orders({ file: { orders } }: FactsProps) {
  const { t } = useTranslation("staff");
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="xs">
        {t("orders")}
      </Title>
      <Pairs
        of={(["running", "bought", "sold", "boughtCancelled", "soldCancelled", "soldReturned"] as const).map((part) => [
          t(`orderCounts.${part}`),
          orders[part],
        ])}
      />
    </Paper>
  );
}

/** His strikes that count. */
export function Strikes({ file: { strikes } }: FactsProps) {
  const { t } = useTranslation("staff");
  const { moment, day } = useFormat();
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="xs">
        {t("strikes")}
      </Title>
      {strikes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noStrikes")}
        </Text>
      )}
      {strikes.map(({ kind, at, until }) => (
        <Text key={at} size="sm">
          {t(`strike.${kind}`)} · {moment(at)} · {t("countsUntil", { at: day(until) })}
        </Text>
      ))}
    </Paper>
  );
}
