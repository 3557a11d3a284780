import { useQuery } from "@apollo/client/react";
import { useTranslation } from "react-i18next";
import { OrderListView, StateFilter, useStateFilter } from "../features/order/OrderListView";
import { BoughtOrdersDocument } from "../gql/order";
import { Page } from "../ui/Page";

/** What one bought, newest first. */
export function Component() {
  const { t } = useTranslation("order");
  const { state, filter, choose } = useStateFilter();
  const { data, error, refetch, fetchMore } = useQuery(BoughtOrdersDocument, { variables: { first: 20, filter } });
  return (
    <Page title={t("bought")} size="md" back="/me">
      <StateFilter state={state} choose={choose} />
      <OrderListView
        page={data?.boughtOrders}
        error={error}
        refetch={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
      />
    </Page>
  );
}
