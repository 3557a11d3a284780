import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Problem } from "../../lib/problems";

/** Where to go when something is missing for what was tried. */
export function Remedy({ problem }: { problem: Problem | undefined }) {
  const { t } = useTranslation("account");
  const { t: wallet } = useTranslation("wallet");
  if (problem?.code === "VERIFICATION_REQUIRED") {
    return (
      <Anchor component={Link} to="/me/verification">
        {t("verification")}
      </Anchor>
    );
  }
  if (problem?.code === "INSUFFICIENT_FUNDS") {
    return (
      <Anchor component={Link} to="/wallet">
        {wallet("deposit")}
      </Anchor>
    );
  }
  return null;
}
