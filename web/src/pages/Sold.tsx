import { useQuery } from "@apollo/client/react";
import { useTranslation } from "react-i18next";
import { OrderListView, StateFilter, useStateFilter } from "../features/order/OrderListView";
import { SoldOrdersDocument } from "../gql/order";
import { Page } from "../ui/Page";

/** What one sold, newest first. */
export function Component() {
  const { t } = useTranslation("order");
  const { state, filter, choose } = useStateFilter();
  const { data, error, refetch, fetchMore } = useQuery(SoldOrdersDocument, { variables: { first: 20, filter } });
  return (
    <Page title={t("sold")} size="md" back="/me">
      <StateFilter state={state} choose={choose} />
      <OrderListView
        page={data?.soldOrders}
        error={error}
        refetch={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
      />
    </Page>
  );
}
