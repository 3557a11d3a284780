import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconTrash, IconUserSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ListingRemoveDocument } from "../../gql/review";
import type { ListingState } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { ReasonButton } from "./ReasonButton";

interface ListingCareProps {
  listing: { id: string; version: number; state: ListingState; seller: { id: string } };
  again: () => unknown;
}

const REMOVABLE: readonly ListingState[] = ["IN_REVIEW", "ON_SALE", "OFF_SHELF", "REJECTED"];

/** What an admin can do about a listing of somebody else. */
export default function ListingCare({ listing: { id, version, state, seller }, again }: ListingCareProps) {
  const { t } = useTranslation("staff");
  const { run, busy } = useAct(ListingRemoveDocument, (data) => data.listingRemove);
  return (
    <Paper withBorder p="md" component="section" aria-label={t("console")}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("console")}
        </Text>
        <Group gap="xs">
          <Button component={Link} to={`/admin/users/${seller.id}`} size="xs" variant="default" leftSection={<IconUserSearch size={16} />}>
            {t("toUser")}
          </Button>
          {REMOVABLE.includes(state) && (
            <ReasonButton
              label={t("removeListing")}
              size="xs"
              variant="light"
              color="red"
              leftSection={<IconTrash size={16} />}
              title={t("removeListingTitle")}
              text={t("removeListingText")}
              hint={t("ownerReads")}
              busy={busy}
              act={(reason) => run({ input: { id, version, reason } })}
              done={again}
            />
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
