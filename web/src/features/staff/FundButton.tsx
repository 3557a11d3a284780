import { Button } from "@mantine/core";
import { IconPigMoney } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CompensationFundDocument } from "../../gql/staffMoney";
import { useAct } from "../../lib/act";
import { useKeyFor } from "../../lib/key";
import { FUNDING } from "../../lib/limits";
import { MoneyDialog } from "./MoneyDialog";

/** Proposes to put earnings aside for compensation. */
export function FundButton({ done }: { done: () => unknown }) {
  const { t } = useTranslation("staff");
  const keyFor = useKeyFor();
  const { run, busy } = useAct(CompensationFundDocument, (data) => data.compensationFund);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPigMoney size={18} />} onClick={() => setOpen(true)}>
        {t("fund")}
      </Button>
      <MoneyDialog
        title={t("fundTitle")}
        text={t("fundText")}
        doIt={t("propose")}
        limits={FUNDING}
        opened={open}
        busy={busy}
        close={() => setOpen(false)}
        send={(what) => run({ input: { ...what, idempotencyKey: keyFor(what) } })}
        done={done}
      />
    </>
  );
}
