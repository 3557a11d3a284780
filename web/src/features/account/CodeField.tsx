import { Input, PinInput } from "@mantine/core";
import type { GetInputPropsReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

/** The six digits of a mail. */
export function CodeField({ input }: { input: GetInputPropsReturnType }) {
  const { t } = useTranslation("account");
  const error = input.error as string | undefined;
  return (
    <Input.Wrapper label={t("code")} required error={error} labelElement="div">
      <PinInput
        value={input.value as string}
        onChange={input.onChange as (value: string) => void}
        error={Boolean(error)}
        length={6}
        type="number"
        oneTimeCode
        autoFocus
        placeholder=""
        getInputProps={(place) => ({ "aria-label": t("codeDigit", { place: place + 1 }) })}
      />
    </Input.Wrapper>
  );
}
