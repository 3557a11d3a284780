import { useQuery } from "@apollo/client/react";
import { Paper, Skeleton, Tabs } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { VerifyFirst } from "../features/account/VerifyFirst";
import { Balance } from "../features/wallet/Balance";
import { Debts } from "../features/wallet/Debts";
import { Deposits } from "../features/wallet/Deposits";
import { PayoutAccounts } from "../features/wallet/PayoutAccounts";
import { Statement } from "../features/wallet/Statement";
import { Trouble } from "../features/wallet/Trouble";
import { useForgetMoney } from "../features/wallet/useForgetMoney";
import { Withdrawals } from "../features/wallet/Withdrawals";
import { WalletDocument } from "../gql/wallet";
import { Page } from "../ui/Page";
import { Failure } from "../ui/States";

// The drawing of charts is large; the balance does not wait for it.
const BalanceChart = lazy(() => import("../features/wallet/BalanceChart"));

// The bank tells us soon after the payer came back from its page; so long the balance is looked at again.
const LOOK_EVERY_MS = 5_000;

/** When the balance moved while the page is open, what moved it is read anew. */
function useFreshMoney(available: string | undefined): void {
  const forget = useForgetMoney();
  const before = useRef(available);
  useEffect(() => {
    if (before.current !== undefined && before.current !== available) forget();
    before.current = available;
  }, [available, forget]);
}

const TABS = ["statement", "deposits", "withdrawals", "accounts", "debts"] as const;

/** One's money: balance, ways in and out, and all that moved it. */
export function Component() {
  const { t } = useTranslation("wallet");
  const me = useMe();
  const { data, error, refetch } = useQuery(WalletDocument, { pollInterval: LOOK_EVERY_MS });
  const [query, setQuery] = useSearchParams();
  const tab = TABS.find((one) => one === query.get("tab")) ?? "statement";
  const wallet = data?.wallet;
  useFreshMoney(wallet?.available.amount);
  return (
    <Page title={t("title")} size="md" back="/me">
      {me?.verified === false && <VerifyFirst />}
      {wallet && <Trouble wallet={wallet} />}
      {wallet ? (
        <Balance wallet={wallet} />
      ) : error ? (
        <Failure error={error} retry={() => refetch()} />
      ) : (
        <Skeleton height={260} radius="md" />
      )}
      <Paper withBorder p={{ base: "md", sm: "lg" }}>
        <Suspense fallback={<Skeleton height={220} radius="md" />}>
          <BalanceChart />
        </Suspense>
      </Paper>
      <Tabs value={tab} onChange={(value) => setQuery({ tab: value ?? "statement" }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md" style={{ flexWrap: "nowrap", overflowX: "auto", overflowY: "hidden" }}>
          {TABS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {t(value)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="statement">
          <Statement />
        </Tabs.Panel>
        <Tabs.Panel value="deposits">
          <Deposits />
        </Tabs.Panel>
        <Tabs.Panel value="withdrawals">
          <Withdrawals />
        </Tabs.Panel>
        <Tabs.Panel value="accounts">
          <PayoutAccounts />
        </Tabs.Panel>
        <Tabs.Panel value="debts">
          <Debts />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
