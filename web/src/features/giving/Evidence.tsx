import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { OrderWholeFragment } from "../../gql/order";
import type { OrderSide } from "../../gql/schema";
import { useFormat } from "../../lib/format";

interface EvidenceProps {
  evidence: OrderWholeFragment["evidence"];
  /** On which side the reader is; on none as an admin. */
  mySide: OrderSide | null;
}

/** What both sides said and showed to prove something. */
export function Evidence({ evidence, mySide }: EvidenceProps) {
  const { t } = useTranslation("giving");
  const { t: order } = useTranslation("order");
  const { moment } = useFormat();
  if (evidence.length === 0) return null;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Title order={2} fz="lg" mb="sm">
        {t("evidenceTitle")}
      </Title>
      <Stack>
        {evidence.map(({ by, text, images, digest, at }) => (
          <Stack key={`${digest}${at}`} gap={6} component="article">
            <Text size="xs" c="dimmed">
              {by === mySide ? order("byYou") : order(`by.${by}`)} · <time dateTime={at}>{moment(at)}</time>
            </Text>
            <Text className="written">{text}</Text>
            <Group gap="xs">
              {images.map(({ id, url, thumbnailUrl }, index) => (
                <a key={id} href={url} target="_blank" rel="noreferrer" aria-label={t("image", { number: index + 1 })}>
                  <img src={thumbnailUrl} alt="" height={96} style={{ borderRadius: 8, display: "block" }} />
                </a>
              ))}
            </Group>
            <Text size="xs" c="dimmed" ff="monospace" className="written">
              {t("digest", { digest })}
            </Text>
          </Stack>
        ))}
      </Stack>
    </Paper>
  );
}
