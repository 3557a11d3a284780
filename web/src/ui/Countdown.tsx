import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { split, useCountdown } from "../lib/countdown";

/** How long until a wait ends, in the two largest units that fit. Read out only when somebody asks. */
export function Countdown({ secondsLeft }: { secondsLeft: number }) {
  const { t } = useTranslation();
  const { days, hours, minutes, seconds } = split(useCountdown(secondsLeft));
  const text =
    days > 0
      ? t("daysHours", { days, hours })
      : hours > 0
        ? t("hoursMinutes", { hours, minutes })
        : t("minutesSeconds", { minutes, seconds });
  return (
    <Text component="span" fw={600} style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }} role="timer" aria-live="off">
      {text}
    </Text>
  );
}
