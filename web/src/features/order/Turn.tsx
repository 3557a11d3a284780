import { Alert, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconHourglass, IconScale, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import { Countdown } from "../../ui/Countdown";

/** Where the order stands, what comes next and until when. */
export function Turn({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { state, mySide, secondsLeft } = order;
  if (state === "COMPLETED") {
    return (
      <Alert color="jade" icon={<IconCheck />} title={t("completedTitle")}>
        {t(`completed.${mySide}`)}
      </Alert>
    );
  }
  if (state === "CANCELLED") {
    return (
      <Alert color="gray" icon={<IconX />} title={t("cancelledTitle")}>
        {t(`cancelled.${order.cancelledBy ?? "TIMER"}`)}
      </Alert>
    );
  }
  if (state === "REFUNDED") {
    return (
      <Alert color="gray" icon={<IconArrowBackUp />} title={t("refundedTitle")}>
        {t(`refunded.${mySide}`)}
      </Alert>
    );
  }
  if (state === "SPLIT") {
    return (
      <Alert color="gray" icon={<IconScale />} title={t("splitTitle")}>
        {t(`split.${mySide}`, { share: order.sellerShare ?? 0 })}
      </Alert>
    );
  }
  return (
    <Alert color={order.waitsFor === mySide ? "orange" : "blue"} icon={<IconHourglass />} title={t(`turn.${state}.${mySide}`)}>
      <Stack gap={4}>
        <Text size="sm">{t(`then.${state}`)}</Text>
        {secondsLeft !== null && (
          <Text size="sm">
            {t("left")} <Countdown secondsLeft={secondsLeft} />
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
