import { useQuery } from "@apollo/client/react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { offerPlace } from "../features/offer/place";
import { OfferPlaceDocument } from "../gql/offer";
import { Page } from "../ui/Page";
import { Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";
import { Component as NotFound } from "./NotFound";

/** Goes to the list in which an offer is at present. */
export function Component() {
  const { t } = useTranslation("offer");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(OfferPlaceDocument, { variables: { id }, fetchPolicy: "network-only" });
  const offer = data?.node;
  if (offer?.__typename === "Offer") return <Navigate to={offerPlace(offer)} replace />;
  if (data) return <NotFound />;
  return (
    <Page title={t("made")} size="md" back="/me">
      {error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />}
    </Page>
  );
}
