import { TextInput, type TextInputProps } from "@mantine/core";

/** An amount in yuan. */
export function AmountField(props: TextInputProps) {
  return <TextInput inputMode="decimal" autoComplete="off" leftSection="¥" required {...props} />;
}
