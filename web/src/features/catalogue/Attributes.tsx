import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogueAttributeFragment, CatalogueGameFragment } from "../../gql/catalogue";
import { AttributeDialog } from "./AttributeDialog";

/** What a game asks of its listings. */
export function Attributes({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const [editing, setEditing] = useState<CatalogueAttributeFragment | "new">();
  return (
    <Stack gap="sm">
      {game.attributes.length === 0 && <Text c="dimmed">{t("noAttributes")}</Text>}
      {game.attributes.map((attribute) => (
        <Row key={attribute.key} attribute={attribute} change={() => setEditing(attribute)} />
      ))}
      <Group>
        <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => setEditing("new")}>
          {t("addAttribute")}
        </Button>
      </Group>
      {editing !== undefined && (
        <AttributeDialog gameId={game.id} attribute={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />
      )}
    </Stack>
  );
}

function Row({ attribute, change }: { attribute: CatalogueAttributeFragment; change: () => void }) {
  const { t } = useTranslation("catalogue");
  const { key, name, nameZh, nameEn, kind, required, retired, unit, least, most, choices } = attribute;
  const range = kind === "NUMBER" ? ` ${least ?? ""}–${most ?? ""} ${unit}` : "";
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} c={retired ? "dimmed" : undefined}>
              {nameZh} · {nameEn}
            </Text>
            {required && !retired && <Badge variant="light">{t("required")}</Badge>}
            {retired && <Badge variant="default">{t("retired")}</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {key} · {t(`kind.${kind}`)}
            {range}
          </Text>
          {choices.length > 0 && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {choices.map((choice) => choice.name).join(" · ")}
            </Text>
          )}
        </div>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPencil size={16} />}
          onClick={change}
          aria-label={t("changeNamed", { name })}
        >
          {t("change")}
        </Button>
      </Group>
    </Paper>
  );
}
