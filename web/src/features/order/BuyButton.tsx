import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconShoppingCart } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { OrderPlaceDocument } from "../../gql/buy";
import type { ListingQuery } from "../../gql/listing";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { useSession } from "../../lib/session";
import { Pairs } from "../../ui/Pairs";
import { Remedy } from "../wallet/Remedy";
import { Problems } from "../../ui/States";

interface BuyButtonProps {
  listing: NonNullable<ListingQuery["listing"]>;
  /** Reads the listing anew: somebody was first, or it changed. */
  again: () => unknown;
}

/** Buys a listing, after showing once more what for and what happens to the money. */
export function BuyButton({ listing, again }: BuyButtonProps) {
  const { t } = useTranslation("order");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const session = useSession();
  const { pathname } = useLocation();
  const [asking, setAsking] = useState(false);
  const { buy, busy, problems } = useBuy(listing, again);
  if (session === "out") {
    return (
      <Button component={Link} to="/sign-in" state={{ from: pathname }} size="md" leftSection={<IconShoppingCart size={20} />}>
        {t("signInToBuy")}
      </Button>
    );
  }
  return (
    <>
      <Button size="md" leftSection={<IconShoppingCart size={20} />} onClick={() => setAsking(true)}>
        {t("buy")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("buyTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <Stack>
          <Text fw={600} className="written">
            {listing.title}
          </Text>
          <Pairs of={[[t("price"), <span className="price">{money(listing.price)}</span>]]} />
          <Text size="sm" c="dimmed">
            {t("buyText", { count: listing.deliveryHours })}
          </Text>
          <Problems of={problems} />
          <Remedy problem={problems[0]} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {common("cancel")}
            </Button>
            <Button loading={busy} onClick={buy}>
              {t("pay", { price: money(listing.price) })}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function useBuy({ id, version, price }: BuyButtonProps["listing"], again: () => unknown) {
  const navigate = useNavigate();
  const { cache } = useApolloClient();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(OrderPlaceDocument, (data) => data.orderPlace);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const buy = async () => {
    const what = { listingId: id, seenVersion: version, seenPrice: price.amount };
    const outcome = await run({ input: { ...what, idempotencyKey: keyFor(what) } });
    setProblems(outcome.problems ?? []);
    if (outcome.problems?.some(({ code }) => code === "PRICE_CHANGED" || code === "LISTING_NOT_AVAILABLE")) await again();
    const order = outcome.done?.order;
    if (!order) return;
    for (const fieldName of ["boughtOrders", "wallet", "walletStatement", "listings"]) cache.evict({ id: "ROOT_QUERY", fieldName });
    await navigate(`/orders/${order.id}`);
  };
  return { buy, busy, problems };
}
