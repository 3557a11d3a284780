import { Grid, Group, Paper, Skeleton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Stands where rows of a list will be. */
export function WaitingRows({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, place) => (
        <Paper key={place} withBorder p="md">
          <Group wrap="nowrap">
            <Skeleton circle height={44} />
            <Stack gap={10} flex={1}>
              <Skeleton height={12} width={place % 2 === 0 ? "48%" : "36%"} />
              <Skeleton height={10} width={place % 2 === 0 ? "82%" : "64%"} />
            </Stack>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}

/** Stands where a page will be that has its matter on the left and what is known of it on the right. */
export function WaitingParts() {
  const { t } = useTranslation();
  return (
    <Grid gap={{ base: "md", sm: "xl" }} role="status" aria-label={t("loading")}>
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack>
          <Skeleton height={96} radius="md" />
          <Lines rows={4} />
          <Lines rows={3} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack>
          <Lines rows={4} />
          <Lines rows={5} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Lines({ rows }: { rows: number }) {
  return (
    <Paper withBorder p="md">
      <Stack gap={12}>
        <Skeleton height={16} width="38%" />
        {Array.from({ length: rows }, (_, place) => (
          <Skeleton key={place} height={10} width={`${92 - place * 11}%`} />
        ))}
      </Stack>
    </Paper>
  );
}
