import { Button, Stack, Text, Title } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { OrderHandBackRevealDocument, type OrderHandBackRevealMutation } from "../../gql/return";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";
import { Shown } from "../order/CredentialsPanel";

type Credentials = NonNullable<NonNullable<OrderHandBackRevealMutation["orderHandBackReveal"]>["credentials"]>;

/** How an account was handed back, and for the seller what it has now. */
export function HandBackPanel({ order: { id, handBack, mySide } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("giving");
  const { moment } = useFormat();
  if (!handBack) return null;
  return (
    <Stack gap="sm">
      <Title order={2} fz="lg">
        {t("handedBack")}
      </Title>
      <Text>{t(`given.${handBack.kind}`, { at: moment(handBack.handedBackAt) })}</Text>
      {handBack.kind === "CREDENTIALS" && (
        <Text size="sm" c="dimmed">
          {handBack.revealedAt === null ? t("notRead") : t("readAt", { at: moment(handBack.revealedAt) })}
        </Text>
      )}
      {handBack.kind === "CREDENTIALS" && mySide === "SELLER" && <Reveal id={id} />}
    </Stack>
  );
}

function Reveal({ id }: { id: string }) {
  const { t } = useTranslation("order");
  const { run, busy } = useAct(OrderHandBackRevealDocument, (data) => data.orderHandBackReveal);
  const [shown, setShown] = useState<Credentials>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const reveal = async () => {
    const { done, problems: refused = [] } = await run({ input: { id } });
    setProblems(refused);
    setShown(done?.credentials ?? undefined);
  };
  return (
    <>
      {shown && <Shown credentials={shown} />}
      <Problems of={problems} />
      {shown ? (
        <Button variant="default" leftSection={<IconEyeOff size={18} />} onClick={() => setShown(undefined)}>
          {t("hide")}
        </Button>
      ) : (
        <Button leftSection={<IconEye size={18} />} loading={busy} onClick={() => void reveal()}>
          {t("reveal")}
        </Button>
      )}
    </>
  );
}
