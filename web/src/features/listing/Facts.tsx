import { useTranslation } from "react-i18next";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";

interface FactsProps {
  of: {
    game: { name: string };
    server: { name: string };
    deliveryHours: number;
    warrantyDays: number;
    publishedAt: string | null;
    createdAt: string;
    penalties: string;
    bindings: { key: string; text: string }[];
  };
}

/** What is promised with a listing. */
export function Facts({ of }: FactsProps) {
  const { t } = useTranslation("listing");
  const { moment } = useFormat();
  return (
    <Pairs
      of={[
        [t("game"), of.game.name],
        [t("server"), of.server.name],
        [t("delivery"), t("within", { count: of.deliveryHours })],
        [t("warranty"), t("days", { count: of.warrantyDays })],
        [t("bindings"), of.bindings.length === 0 ? t("noBindings") : of.bindings.map(({ text }) => text).join(" · ")],
        [t("penalties"), of.penalties === "" ? t("noPenalties") : <span className="written">{of.penalties}</span>],
        of.publishedAt === null ? [t("createdAt"), moment(of.createdAt)] : [t("publishedAt"), moment(of.publishedAt)],
      ]}
    />
  );
}
