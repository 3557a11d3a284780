import { Input, Paper, SegmentedControl, Stack, Text, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AllowButton } from "../features/notice/AllowButton";
import { MailSwitch } from "../features/notice/MailSwitch";
import { usePermission } from "../features/notice/permission";
import type { Locale } from "../lib/locale";
import { chooseLocale } from "../lib/words";
import { Page } from "../ui/Page";

const SCHEMES: readonly MantineColorScheme[] = ["auto", "light", "dark"];
const LOCALES: readonly { value: Locale; label: string }[] = [
  { value: "zh-CN", label: "中文" },
  { value: "en", label: "English" },
];

/** How this device shows the pages, and what comes by mail. */
export function Component() {
  const { t, i18n } = useTranslation("account");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page title={t("preferences")} lead={t("preferencesLead")} size="sm" back="/me">
      <Paper withBorder p={{ base: "md", sm: "lg" }}>
        <Stack gap="lg">
          <Choice label={t("pageLanguage")} value={i18n.language} choices={LOCALES} choose={(value) => void chooseLocale(value)} />
          <Choice
            label={t("colours")}
            value={colorScheme}
            choices={SCHEMES.map((value) => ({ value, label: t(`scheme.${value}`) }))}
            choose={setColorScheme}
          />
          <Input.Wrapper label={t("browserNotices")} description={t("browserNoticesHint")} labelElement="div">
            <Stack mt={8} align="flex-start">
              <NoticeState />
              <AllowButton />
            </Stack>
          </Input.Wrapper>
          <MailSwitch />
        </Stack>
      </Paper>
    </Page>
  );
}

interface ChoiceProps<V extends string> {
  label: string;
  value: string;
  choices: readonly { value: V; label: string }[];
  choose: (value: V) => void;
}

/** One of a few. */
function Choice<V extends string>({ label, value, choices, choose }: ChoiceProps<V>) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <SegmentedControl
        mt={8}
        fullWidth
        aria-label={label}
        value={value}
        onChange={(next) => {
          const chosen = choices.find((one) => one.value === next);
          if (chosen) choose(chosen.value);
        }}
        data={[...choices]}
      />
    </Input.Wrapper>
  );
}

/** What the browser was told about notices; nothing while it was not asked. */
function NoticeState() {
  const { t } = useTranslation("account");
  const permission = usePermission();
  if (permission === undefined) return <Text size="sm">{t("noticesImpossible")}</Text>;
  if (permission === "granted") return <Text size="sm">{t("noticesAllowed")}</Text>;
  return permission === "denied" ? <Text size="sm">{t("noticesDenied")}</Text> : null;
}
