import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { ListingAttributeInput } from "../../gql/schema";
import { isWithin } from "../../lib/amount";
import { fits, PRICE, TEXT } from "../../lib/limits";

/** What the sell form holds. */
export interface SellValues {
  gameId: string | null;
  serverId: string | null;
  title: string;
  description: string;
  price: string;
  deliveryHours: number;
  warrantyDays: number;
  bindings: string[];
  attributes: ListingAttributeInput[];
  penalties: string;
}

/** The sell form, which says what the API would refuse. */
export function useSellForm() {
  const { t } = useTranslation("selling");
  return useForm<SellValues>({
    initialValues: {
      gameId: null,
      serverId: null,
      title: "",
      description: "",
      price: "",
      deliveryHours: 24,
      warrantyDays: 30,
      bindings: [],
      attributes: [],
      penalties: "",
    },
    validateInputOnBlur: ["title", "description", "price"],
    validate: {
      gameId: (value) => (value === null ? t("gameMissing") : null),
      serverId: (value) => (value === null ? t("serverMissing") : null),
      title: (value) => (fits(value, TEXT.title) ? null : t("titleWrong")),
      description: (value) => (fits(value, TEXT.description) ? null : t("descriptionWrong")),
      penalties: (value) => (fits(value, TEXT.penalties) ? null : t("penaltiesWrong")),
      price: (value) => (isWithin(value, ...PRICE) ? null : t("priceWrong")),
    },
  });
}

/** The form as its components take it. */
export type SellForm = ReturnType<typeof useSellForm>;
