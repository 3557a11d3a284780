import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { IconShieldCheck, IconShieldExclamation, IconWallet } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MeDocument } from "../../gql/account";
import { WalletDocument } from "../../gql/wallet";
import { useFormat } from "../../lib/format";
import { Face } from "../../ui/Face";
import { Failure } from "../../ui/States";
import { useMe } from "./useMe";

/** Who one is here, and what one has. */
export function MeCard() {
  const { t } = useTranslation("account");
  const me = useMe();
  const { error, refetch } = useQuery(MeDocument);
  if (!me) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={96} radius="md" />;
  const badge = me.verified ? (
    <Badge variant="light" color="jade" leftSection={<IconShieldCheck size={12} aria-hidden />}>
      {t("isVerified")}
    </Badge>
  ) : (
    <Badge variant="default" leftSection={<IconShieldExclamation size={12} aria-hidden />}>
      {t("isUnverified")}
    </Badge>
  );
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }}>
      <Group justify="space-between" gap="md">
        <Stack gap="xs" style={{ minWidth: 0 }}>
          <Face user={{ ...me, banned: me.blacklisted }} size={52} below={me.username} />
          {badge}
        </Stack>
        <Money />
      </Group>
    </Paper>
  );
}

function Money() {
  const { t } = useTranslation("wallet");
  const { t: account } = useTranslation("account");
  const { money } = useFormat();
  const { data } = useQuery(WalletDocument);
  const wallet = data?.wallet;
  if (!wallet) return null;
  return (
    <Group gap="lg">
      <div>
        <Text size="sm" c="dimmed">
          {t("available")}
        </Text>
        <Text fz="xl" fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
          {money(wallet.available)}
        </Text>
      </div>
      <Button component={Link} to="/wallet" variant="light" leftSection={<IconWallet size={18} />}>
        {account("toWallet")}
      </Button>
    </Group>
  );
}
