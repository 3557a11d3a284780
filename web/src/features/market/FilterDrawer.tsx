import { Button, Drawer, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import Filters from "./Filters";
import type { Search } from "./search";

interface FilterDrawerProps {
  search: Search;
  choose: (search: Search) => void;
  close: () => void;
}

/** What narrows the list, on a phone. */
export default function FilterDrawer({ search, choose, close }: FilterDrawerProps) {
  const { t } = useTranslation("market");
  const { t: common } = useTranslation();
  return (
    <Drawer
      opened
      onClose={close}
      position="bottom"
      size="75%"
      radius="lg"
      title={t("filters")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack>
        <Filters search={search} choose={choose} />
        <Button onClick={close}>{t("showFound")}</Button>
      </Stack>
    </Drawer>
  );
}
