import { useTranslation } from "react-i18next";
import type { SaidAttributeFragment } from "../../gql/listing";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";

/** What a listing says of its game's attributes: rank, level and the like. */
export function Attributes({ of }: { of: readonly SaidAttributeFragment[] }) {
  const say = useSaid();
  if (of.length === 0) return null;
  return <Pairs of={of.map((attribute) => [attribute.name, say(attribute)])} />;
}

/** The words for what a listing says of one attribute. */
function useSaid(): (attribute: SaidAttributeFragment) => string {
  const { t } = useTranslation("listing");
  const { locale } = useFormat();
  return ({ kind, unit, choices, number, yes, text }) => {
    switch (kind) {
      case "CHOICE":
      case "MANY_CHOICE":
        return choices.map(({ name }) => name).join(locale === "zh-CN" ? "、" : ", ");
      case "NUMBER":
        return [new Intl.NumberFormat(locale).format(number ?? 0), unit].filter((part) => part !== "").join(" ");
      case "YES_NO":
        return yes === true ? t("yes") : t("no");
      case "TEXT":
        return text ?? "";
    }
  };
}
