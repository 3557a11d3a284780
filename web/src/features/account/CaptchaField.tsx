import { ActionIcon, Group, Skeleton, Text, TextInput, type TextInputProps } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { useCaptcha } from "./useCaptcha";
import classes from "./CaptchaField.module.css";

interface CaptchaFieldProps {
  captcha: ReturnType<typeof useCaptcha>;
  input: TextInputProps;
}

/** A picture to read and where to type what it shows. */
export function CaptchaField({ captcha: { captcha, renew, busy, failed }, input }: CaptchaFieldProps) {
  const { t } = useTranslation("account");
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <TextInput
        {...input}
        label={t("captcha")}
        description={t("captchaHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={5}
        required
        style={{ flex: 1, minWidth: 0 }}
      />
      <Group gap={4} wrap="nowrap" mb={input.error === undefined ? 0 : 22}>
        {captcha ? (
          <img className={classes.picture} src={captcha.image} alt={t("captchaPicture")} />
        ) : failed ? (
          <Text size="sm">{t("captchaFailed")}</Text>
        ) : (
          <Skeleton width={120} height={36} />
        )}
        <ActionIcon variant="subtle" size="lg" aria-label={t("captchaRenew")} loading={busy} onClick={() => void renew()}>
          <IconRefresh size={18} />
        </ActionIcon>
      </Group>
    </Group>
  );
}
