import { Button, Collapse, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { useFormat } from "../../lib/format";
import { CancelButton } from "./CancelButton";
import { DeliverForm } from "./DeliverForm";

/** What the seller does: hand over, correct, or cancel while nothing was handed over. */
export function SellerPart({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  if (order.state === "AWAITING_PAYMENT") return <CancelButton order={order} />;
  if (order.state === "PAID") {
    return (
      <Stack>
        <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
          <Title order={2} fz="lg" mb="md">
            {t("deliverTitle")}
          </Title>
          <DeliverForm order={order} done={() => undefined} />
        </Paper>
        <CancelButton order={order} />
      </Stack>
    );
  }
  if (order.state === "DELIVERED") return <Delivered order={order} />;
  return null;
}

function Delivered({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { moment } = useFormat();
  const [correcting, setCorrecting] = useState(false);
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack>
        <Title order={2} fz="lg">
          {t("deliveredTitle")}
        </Title>
        <Text>{order.revealedAt === null ? t("notRevealed") : t("revealedAt", { at: moment(order.revealedAt) })}</Text>
        <Text size="sm" c="dimmed">
          {t("versions", { count: order.credentialsVersions.length })}
        </Text>
        {!correcting && (
          <Button variant="default" onClick={() => setCorrecting(true)}>
            {t("correctOpen")}
          </Button>
        )}
        <Collapse expanded={correcting}>
          <DeliverForm order={order} done={() => setCorrecting(false)} />
        </Collapse>
      </Stack>
    </Paper>
  );
}
