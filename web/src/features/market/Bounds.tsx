import { Button, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

interface BoundsProps {
  /** What lies between the bounds. */
  name: string;
  from: string;
  to: string;
  /** Before each bound, such as a currency. */
  sign?: string;
  decimal?: boolean;
  /** What a bound as typed is worth; nothing if it is not one. */
  worth: (text: string) => bigint | undefined;
  wrong: string;
  choose: (from: string, to: string) => void;
}

/** The least and the most of something. Both are sent together, so that no half of them is asked for. */
export function Bounds({ name, from: least, to: most, sign, decimal = false, worth, wrong, choose }: BoundsProps) {
  const { t } = useTranslation("market");
  const [from, setFrom] = useState(least);
  const [to, setTo] = useState(most);
  const problem = problemOf([from, to], worth);
  const changed = from.trim() !== least || to.trim() !== most;
  const apply = (event: SyntheticEvent) => {
    event.preventDefault();
    if (problem === null) choose(from.trim(), to.trim());
  };
  const amount = { inputMode: decimal ? "decimal" : "numeric", autoComplete: "off", leftSection: sign, size: "sm" } as const;
  return (
    <form onSubmit={apply} noValidate aria-label={name}>
      <Stack gap={6}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Group gap="xs" wrap="nowrap" grow preventGrowOverflow={false}>
          <TextInput
            {...amount}
            aria-label={t("boundFrom", { name })}
            placeholder={t("least")}
            value={from}
            error={problem !== null}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            {...amount}
            aria-label={t("boundTo", { name })}
            placeholder={t("most")}
            value={to}
            error={problem !== null}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
        </Group>
        {problem !== null && <Input.Error role="alert">{problem === "turned" ? t("boundsTurned") : wrong}</Input.Error>}
        {changed && (
          <Button type="submit" variant="light" size="xs" disabled={problem !== null}>
            {t("apply")}
          </Button>
        )}
      </Stack>
    </form>
  );
}

/** What is wrong with two bounds as typed. */
export function problemOf(bounds: readonly string[], worth: BoundsProps["worth"]): "wrong" | "turned" | null {
  const [least, most] = bounds.map((text) => (text.trim() === "" ? null : worth(text)));
  if (least === undefined || most === undefined) return "wrong";
  return least !== null && most !== null && least > most ? "turned" : null;
}
