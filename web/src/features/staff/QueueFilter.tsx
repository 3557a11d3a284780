import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { QueueClaim } from "../../gql/schema";
import { useChoices } from "./useChoices";

const CLAIMS: readonly QueueClaim[] = ["UNCLAIMED", "MINE", "CLAIMED"];

/** Which things of a queue the address asks for; nothing: all. */
export function useQueueFilter(): { claim?: QueueClaim } {
  const { chosen } = useChoices();
  const claim = CLAIMS.find((one) => one === chosen("claim"));
  return claim === undefined ? {} : { claim };
}

/** Chooses the things of a queue by who has taken them. */
export function QueueFilter() {
  const { t } = useTranslation("staff");
  const { chosen, choose } = useChoices();
  return (
    <NativeSelect
      aria-label={t("heldBy")}
      value={chosen("claim")}
      onChange={(event) => choose("claim", event.currentTarget.value)}
      data={[{ value: "", label: t("heldByAnybody") }, ...CLAIMS.map((value) => ({ value, label: t(`claim.${value}`) }))]}
      style={{ alignSelf: "flex-start" }}
    />
  );
}
