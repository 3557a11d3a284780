import { useQuery } from "@apollo/client/react";
import { Alert, Skeleton, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { isUnpriced } from "../features/selling/price";
import { ChangeForm } from "../features/selling/SellForm";
import { ListingToChangeDocument } from "../gql/listing";
import { Page } from "../ui/Page";
import { Failure } from "../ui/States";

/** Changing a listing of one's own. */
export function Component() {
  const { t } = useTranslation("selling");
  return (
    <Page title={t("change")} size="sm" back="/my/listings">
      <Change />
    </Page>
  );
}

function Change() {
  const { t } = useTranslation("selling");
  const { t: words } = useTranslation("listing");
  const { id = "" } = useParams();
  const me = useMe();
  const { data, error, refetch } = useQuery(ListingToChangeDocument, { variables: { id }, fetchPolicy: "network-only" });
  const listing = data?.listing;
  if (!listing || !me) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={480} radius="md" />;
  const { state, rejectReason } = listing;
  const over = state === "RESERVED" || state === "SOLD" || state === "REMOVED";
  if (over || listing.seller.id !== me.id) return <Alert color="gray">{t("notChangeable")}</Alert>;
  return (
    <>
      {rejectReason !== null && (
        <Alert color="red" title={words("rejected")}>
          <Text size="sm" className="written">
            {rejectReason}
          </Text>
        </Alert>
      )}
      {state !== "DRAFT" && state !== "REJECTED" && (
        <Alert color="gray" icon={<IconInfoCircle />}>
          {t("changeHint")}
        </Alert>
      )}
      {isUnpriced(listing) && (
        <Alert color="gray" icon={<IconInfoCircle />}>
          {t("unpriced")}
        </Alert>
      )}
      <ChangeForm key={listing.id} made={listing} />
    </>
  );
}
