import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Page } from "../ui/Page";
import { Empty } from "../ui/States";

/** There is no such page. */
export function Component() {
  const { t } = useTranslation("problems");
  const { t: common } = useTranslation();
  const back = (
    <Button component={Link} to="/">
      {common("toMarket")}
    </Button>
  );
  return (
    <Page title={t("noPageTitle")} size="sm">
      <Empty icon={<IconMapOff size={40} stroke={1.4} aria-hidden />} action={back}>
        {t("noPageText")}
      </Empty>
    </Page>
  );
}
