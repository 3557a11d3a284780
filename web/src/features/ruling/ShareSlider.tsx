import { NumberInput, Slider, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface ShareSliderProps {
  value: number;
  change: (value: number) => void;
  least: number;
  most: number;
}

/** The seller's share in whole percent, by sliding or by typing. */
export function ShareSlider({ value, change, least, most }: ShareSliderProps) {
  const { t } = useTranslation("dispute");
  return (
    <Stack gap="xs">
      <NumberInput
        label={t("sellerShare")}
        value={value}
        onChange={(typed) => typeof typed === "number" && change(typed)}
        min={least}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        suffix=" %"
      />
      <Slider value={value} onChange={change} min={least} max={most} thumbLabel={t("sellerShare")} label={(one) => `${one} %`} />
    </Stack>
  );
}
