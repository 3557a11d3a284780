import { Group, Paper, Stack } from "@mantine/core";
import type { OrderWholeFragment } from "../../gql/order";
import { ReturnRequest } from "../giving/ReturnRequest";
import { CancelButton } from "./CancelButton";
import { Checklist } from "./Checklist";
import { ConfirmButton } from "./ConfirmButton";
import { CredentialsPanel } from "./CredentialsPanel";
import { PayButton } from "./PayButton";

/** What the buyer does: pay, read what was handed over, bind it anew, confirm; or cancel while nothing was handed over. */
export function BuyerPart({ order }: { order: OrderWholeFragment }) {
  const { state } = order;
  if (state === "AWAITING_PAYMENT") {
    return (
      <Group>
        <PayButton order={order} />
        <CancelButton order={order} />
      </Group>
    );
  }
  if (state === "PAID") return <CancelButton order={order} />;
  const confirmable = state === "DELIVERED" || state === "RETURN_REQUESTED";
  return (
    <Stack>
      {isReadable(order) && (
        <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
          <CredentialsPanel order={order} />
        </Paper>
      )}
      {confirmable && order.checklist.length > 0 && (
        <Paper withBorder p={{ base: "md", sm: "lg" }}>
          <Checklist order={order} />
        </Paper>
      )}
      {confirmable && (
        <Group>
          <ConfirmButton order={order} />
          {state === "DELIVERED" && order.returnRequestedAt === null && <ReturnRequest order={order} />}
        </Group>
      )}
    </Stack>
  );
}

/** Whether the buyer can read what was delivered: from delivery on, until he hands it back or the key is gone. */
function isReadable({ credentialsVersions, handBack, state, timeline }: OrderWholeFragment): boolean {
  if (credentialsVersions.length === 0 || handBack !== null) return false;
  if (state === "CANCELLED" || state === "REFUNDED" || state === "SPLIT") return false;
  return !timeline.some(({ kind }) => kind === "KEY_DESTROYED");
}
