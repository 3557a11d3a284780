import { lazy, Suspense } from "react";
import { useProofAsked } from "../../lib/proof";

const ProofDialog = lazy(() => import("./ProofDialog"));

/** The dialog that asks for a fresh proof, while one is asked for. */
export function Proof() {
  return useProofAsked() ? (
    <Suspense>
      <ProofDialog />
    </Suspense>
  ) : null;
}
