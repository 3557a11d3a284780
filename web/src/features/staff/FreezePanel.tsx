import { useQuery } from "@apollo/client/react";
import { Alert, Badge, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconSnowflake, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FrozenWalletDocument, WalletFreezeDocument, WalletThawDocument, type FrozenFragment } from "../../gql/freeze";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { Failure } from "../../ui/States";
import { useMe } from "../account/useMe";
import { ReasonButton } from "./ReasonButton";

/** Whether and why somebody's wallet is frozen, and doing or undoing it by hand. */
export function FreezePanel({ userId }: { userId: string }) {
  const { t } = useTranslation("staff");
  const { data, error, refetch } = useQuery(FrozenWalletDocument, { variables: { userId }, fetchPolicy: "cache-and-network" });
  const wallet = data?.frozenWallet;
  const own = useMe()?.id === userId;
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Title order={2} fz="md">
          {t("wallet")}
        </Title>
        {!wallet && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={80} />)}
        {wallet && <Freezes wallet={wallet} />}
        {wallet && !own && <Care wallet={wallet} userId={userId} changed={() => refetch()} />}
        {own && <Text c="dimmed">{t("ownMatter")}</Text>}
      </Stack>
    </Paper>
  );
}

function Freezes({ wallet: { frozenSinceAt, freezes } }: { wallet: FrozenFragment }) {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  if (frozenSinceAt === null) return <Text size="sm">{t("notFrozen")}</Text>;
  return (
    <Alert color="blue" icon={<IconSnowflake />} title={t("frozenSince", { at: moment(frozenSinceAt) })}>
      <Stack gap="xs">
        {freezes.map(({ cause, explanation, reason, openedAt }) => (
          <div key={openedAt}>
            <Group gap="xs">
              <Badge variant="light" color="blue">
                {t(`freezeCause.${cause}`)}
              </Badge>
              <Text size="xs" c="dimmed">
                {moment(openedAt)}
              </Text>
            </Group>
            <Text size="sm" className="written">
              {reason ?? explanation}
            </Text>
          </div>
        ))}
      </Stack>
    </Alert>
  );
}

interface CareProps {
  wallet: FrozenFragment;
  userId: string;
  changed: () => unknown;
}

function Care({ wallet: { freezes }, userId, changed }: CareProps) {
  const { t } = useTranslation("staff");
  const keyFor = useKeyFor();
  const freeze = useAct(WalletFreezeDocument, (data) => data.walletFreeze);
  const thaw = useAct(WalletThawDocument, (data) => data.walletThaw);
  const byHand = freezes.some(({ cause }) => cause === "ADMIN");
  const input = (reason: string, way: string) => ({ userId, reason, idempotencyKey: keyFor({ userId, reason, way }) });
  return (
    <Group>
      {byHand ? (
        <ReasonButton
          label={t("thaw")}
          variant="light"
          leftSection={<IconSun size={18} />}
          title={t("thawTitle")}
          text={t("thawText")}
          hint={t("ownerReads")}
          busy={thaw.busy}
          act={(reason) => thaw.run({ input: input(reason, "thaw") })}
          done={changed}
        />
      ) : (
        <ReasonButton
          label={t("freeze")}
          variant="light"
          color="red"
          leftSection={<IconSnowflake size={18} />}
          title={t("freezeTitle")}
          text={t("freezeText")}
          hint={t("ownerReads")}
          busy={freeze.busy}
          act={(reason) => freeze.run({ input: input(reason, "freeze") })}
          done={changed}
        />
      )}
    </Group>
  );
}
