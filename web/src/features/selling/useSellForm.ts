import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { ListingAsMadeFragment, SaidAttributeFragment } from "../../gql/listing";
import type { ListingAttributeInput } from "../../gql/schema";
import { isWithin } from "../../lib/amount";
import { fits, PRICE, TEXT } from "../../lib/limits";
import { isUnpriced } from "./price";

/** What the sell form holds. */
export interface SellValues {
  gameId: string | null;
  serverId: string | null;
  title: string;
  description: string;
  price: string;
  negotiable: boolean;
  deliveryHours: number;
  warrantyDays: number;
  bindings: string[];
  attributes: ListingAttributeInput[];
  penalties: string;
}

const EMPTY: SellValues = {
  gameId: null,
  serverId: null,
  title: "",
  description: "",
  price: "",
  negotiable: true,
  deliveryHours: 24,
  warrantyDays: 30,
  bindings: [],
  attributes: [],
  penalties: "",
};

/** What the form holds for a listing that was made already. */
export function valuesOf(made: ListingAsMadeFragment): SellValues {
  const { title, description, negotiable, deliveryHours, warrantyDays, penalties } = made;
  return {
    gameId: made.game.id,
    serverId: made.server.id,
    title,
    description,
    price: isUnpriced(made) ? "" : made.price.amount,
    negotiable,
    deliveryHours,
    warrantyDays,
    penalties,
    bindings: made.bindings.map(({ key }) => key),
    attributes: made.attributes.map(saidAgain),
  };
}

/** What a listing says of an attribute, as it would be said anew. */
function saidAgain({ key, kind, choices, number, yes, text }: SaidAttributeFragment): ListingAttributeInput {
  switch (kind) {
    case "CHOICE":
    case "MANY_CHOICE":
      return { key, choices: choices.map((choice) => choice.key) };
    case "NUMBER":
      return { key, number };
    case "YES_NO":
      return { key, yes };
    case "TEXT":
      return { key, text };
  }
}

/** The sell form, empty or with what was said before; it says what the API would refuse. */
export function useSellForm(made?: ListingAsMadeFragment) {
  const { t } = useTranslation("selling");
  return useForm<SellValues>({
    initialValues: made ? valuesOf(made) : EMPTY,
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
