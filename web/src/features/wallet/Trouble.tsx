import { Alert, Text } from "@mantine/core";
import { IconReceiptRefund, IconSnowflake } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { WalletQuery } from "../../gql/wallet";
import { fenOf } from "../../lib/amount";
import { useFormat } from "../../lib/format";

type Wallet = NonNullable<WalletQuery["wallet"]>;

/** Why money does not go out at present: the wallet is frozen, or something is owed. */
export function Trouble({ wallet: { frozenSinceAt, freezes, owed } }: { wallet: Wallet }) {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  return (
    <>
      {frozenSinceAt !== null && (
        <Alert color="blue" icon={<IconSnowflake />} title={t("frozen", { at: moment(frozenSinceAt) })} role="status">
          <Text size="sm">{t("frozenText")}</Text>
          {freezes.map(({ explanation, reason, openedAt }) => (
            <Text key={openedAt} size="sm" className="written">
              {explanation}
              {reason !== null && ` ${reason}`}
            </Text>
          ))}
        </Alert>
      )}
      {fenOf(owed.amount) !== 0n && (
        <Alert color="orange" icon={<IconReceiptRefund />} title={t("owed", { amount: money(owed) })} role="status">
          {t("owedText")}
        </Alert>
      )}
    </>
  );
}
