import { useQuery } from "@apollo/client/react";
import { Grid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { OrderCases } from "../features/dispute/OrderCases";
import { ReturnPart } from "../features/giving/ReturnPart";
import { BuyerPart } from "../features/order/BuyerPart";
import { AsBought, Bought, History, Other } from "../features/order/OrderSide";
import { OrderStateBadge } from "../features/order/OrderStateBadge";
import { ReviewPanel } from "../features/order/ReviewPanel";
import { SellerPart } from "../features/order/SellerPart";
import { Steps } from "../features/order/Steps";
import { Turn } from "../features/order/Turn";
import { OrderDocument } from "../gql/order";
import { Page } from "../ui/Page";
import { Failure } from "../ui/States";
import { WaitingParts } from "../ui/Waiting";

/** One order, as its buyer or its seller. */
export function Component() {
  const { t } = useTranslation("order");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(OrderDocument, { variables: { id } });
  const order = data?.order;
  if (!order) {
    return (
      <Page title={t("title")} back="/me">
        {error ? <Failure error={error} retry={() => refetch()} /> : <WaitingParts />}
      </Page>
    );
  }
  const buying = order.mySide === "BUYER";
  return (
    <Page title={order.listing.title} back={buying ? "/orders/bought" : "/orders/sold"} actions={<OrderStateBadge state={order.state} />}>
      <Grid gap={{ base: "md", sm: "xl" }}>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack>
            <Steps order={order} />
            <Turn order={order} />
            {buying ? <BuyerPart order={order} /> : <SellerPart order={order} />}
            <ReturnPart order={order} />
            <OrderCases order={order} />
            {order.state === "COMPLETED" && <ReviewPanel order={order} />}
            <History order={order} />
            <AsBought order={order} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Other order={order} />
            <Bought order={order} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
