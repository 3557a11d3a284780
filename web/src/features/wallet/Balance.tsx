import { Anchor, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconArrowBarToDown, IconArrowBarUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { WalletQuery } from "../../gql/wallet";
import { useFormat } from "../../lib/format";
import { DepositDialog } from "./DepositDialog";
import { WithdrawDialog } from "./WithdrawDialog";

type Wallet = NonNullable<WalletQuery["wallet"]>;

/** What one has, what settles and what is held; and the ways in and out. */
export function Balance({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation("wallet");
  const { money } = useFormat();
  const [open, setOpen] = useState<"deposit" | "withdraw">();
  const close = () => setOpen(undefined);
  return (
    <Paper withBorder p={{ base: "md", sm: "xl" }}>
      <Stack gap="lg">
        <div>
          <Text c="dimmed">{t("available")}</Text>
          <Text fz={{ base: 32, sm: 40 }} fw={700} style={{ fontVariantNumeric: "tabular-nums" }} data-testid="available">
            {money(wallet.available)}
          </Text>
        </div>
        <Group>
          <Button leftSection={<IconArrowBarToDown size={18} />} onClick={() => setOpen("deposit")}>
            {t("deposit")}
          </Button>
          <Button variant="default" leftSection={<IconArrowBarUp size={18} />} onClick={() => setOpen("withdraw")}>
            {t("withdraw")}
          </Button>
        </Group>
        <SimpleGrid cols={2}>
          <Part name={t("settling")} value={money(wallet.settling)} hint={t("settlingHint")} />
          <Part name={t("held")} value={money(wallet.held)} hint={t("heldHint")} />
        </SimpleGrid>
        {wallet.settlingEntries.length > 0 && <Settling entries={wallet.settlingEntries} />}
        {wallet.openWithdrawals.length > 0 && <UnderWay withdrawals={wallet.openWithdrawals} />}
      </Stack>
      {open === "deposit" && <DepositDialog close={close} limits={wallet.limits} />}
      {open === "withdraw" && <WithdrawDialog close={close} limits={wallet.limits} waitUntil={wallet.withdrawalsWaitUntilAt} />}
    </Paper>
  );
}

function Part({ name, value, hint }: { name: string; value: string; hint: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </div>
  );
}

/** What is on its way out, and how far it is. */
function UnderWay({ withdrawals }: { withdrawals: Wallet["openWithdrawals"] }) {
  const { t } = useTranslation("wallet");
  const { money } = useFormat();
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label={t("underWay")}>
      {withdrawals.map(({ id, amount, state }) => (
        <Group key={id} component="li" justify="space-between">
          <Anchor size="sm" component={Link} to="/wallet?tab=withdrawals">
            {t("withdrawalOf", { amount: money(amount) })}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t(`withdrawal.${state}`)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Settling({ entries }: { entries: Wallet["settlingEntries"] }) {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: "none" }} aria-label={t("settling")}>
      {entries.map(({ order, amount, settlesAt }) => (
        <Group key={order?.id ?? settlesAt} component="li" justify="space-between">
          {order ? (
            <Anchor size="sm" component={Link} to={`/orders/${order.id}`}>
              {money(amount)}
            </Anchor>
          ) : (
            <Text size="sm">{money(amount)}</Text>
          )}
          <Text size="sm" c="dimmed">
            {t("settlesAt", { at: moment(settlesAt) })}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
