import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../lib/format";
import { bandOf, type Band } from "./bands";
import type { Facets } from "./Filters";
import type { Search } from "./search";
import { useCounted } from "./useCounted";

interface PriceBandsProps {
  bands: Facets["prices"];
  search: Search;
  choose: (search: Search) => void;
}

/** Price bands with how many listings each holds; pressed, the list shows just those, and pressed again all of them. */
export function PriceBands({ bands, search, choose }: PriceBandsProps) {
  const { t } = useTranslation("market");
  const label = useBandLabel();
  const counted = useCounted();
  const there = bands.map((band) => ({ ...bandOf(band), count: band.count }));
  const isChosen = ({ from, to }: Band) => from === search.from && to === search.to;
  const shown = there.filter((band) => band.count.count > 0 || isChosen(band));
  if (shown.length < 2 && !shown.some(isChosen)) return null;
  return (
    <Group gap={6} role="group" aria-label={t("bands")}>
      {shown.map((band) => {
        const chosen = isChosen(band);
        const { from, to } = chosen ? { from: "", to: "" } : band;
        return (
          <Button
            key={band.from}
            size="compact-xs"
            variant={chosen ? "filled" : "default"}
            fw={400}
            aria-pressed={chosen}
            onClick={() => choose({ ...search, from, to })}
          >
            {t("counted", { name: label(band), count: counted(band.count) })}
          </Button>
        );
      })}
    </Group>
  );
}

/** A band in words that say which prices are in it, both ends included. */
function useBandLabel(): (band: Band) => string {
  const { t } = useTranslation("market");
  const { money } = useFormat();
  const said = (amount: string) => money({ amount, currency: "CNY" });
  return ({ from, to }) => {
    if (from === "") return t("bandUpTo", { to: said(to) });
    return to === "" ? t("bandFrom", { from: said(from) }) : t("bandBetween", { from: said(from), to: said(to) });
  };
}
