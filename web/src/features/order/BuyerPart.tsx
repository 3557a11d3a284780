import { Paper, Stack } from "@mantine/core";
import type { OrderWholeFragment } from "../../gql/order";
import { CancelButton } from "./CancelButton";
import { Checklist } from "./Checklist";
import { ConfirmButton } from "./ConfirmButton";
import { CredentialsPanel } from "./CredentialsPanel";

/** What the buyer does: read what was handed over, bind it anew, confirm; or cancel while nothing was handed over. */
export function BuyerPart({ order }: { order: OrderWholeFragment }) {
  if (order.state === "PAID") return <CancelButton order={order} />;
  if (order.state === "CANCELLED") return null;
  const keyGone = order.timeline.some(({ kind }) => kind === "KEY_DESTROYED");
  return (
    <Stack>
      {!keyGone && (
        <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
          <CredentialsPanel order={order} />
        </Paper>
      )}
      {order.state === "DELIVERED" && (
        <>
          {order.checklist.length > 0 && (
            <Paper withBorder p={{ base: "md", sm: "lg" }}>
              <Checklist order={order} />
            </Paper>
          )}
          <ConfirmButton order={order} />
        </>
      )}
    </Stack>
  );
}
