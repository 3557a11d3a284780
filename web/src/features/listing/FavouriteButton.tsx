import { useApolloClient } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { IconHeart, IconHeartFilled } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { FavouriteAddDocument, FavouriteRemoveDocument } from "../../gql/favourite";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { useSession } from "../../lib/session";
import { Problems } from "../../ui/States";

/** Keeps an eye on a listing, or no longer. */
export function FavouriteButton({ listing: { id, favourite } }: { listing: { id: string; favourite: boolean } }) {
  const { t } = useTranslation("listing");
  const session = useSession();
  const { pathname } = useLocation();
  const { cache } = useApolloClient();
  const add = useAct(FavouriteAddDocument, (data) => data.favouriteAdd);
  const remove = useAct(FavouriteRemoveDocument, (data) => data.favouriteRemove);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const icon = favourite ? <IconHeartFilled size={18} /> : <IconHeart size={18} stroke={1.6} />;
  if (session === "out") {
    return (
      <Button component={Link} to="/sign-in" state={{ from: pathname }} variant="default" leftSection={icon}>
        {t("addFavourite")}
      </Button>
    );
  }
  const turn = async () => {
    const outcome = await (favourite ? remove : add).run({ input: { listingId: id } });
    setProblems(outcome.problems ?? []);
    if (!outcome.done) return;
    cache.modify({ id: cache.identify({ __typename: "Listing", id }), fields: { favourite: () => !favourite } });
    cache.evict({ id: "ROOT_QUERY", fieldName: "favourites" });
  };
  return (
    <>
      <Button variant="default" leftSection={icon} aria-pressed={favourite} loading={add.busy || remove.busy} onClick={turn}>
        {favourite ? t("removeFavourite") : t("addFavourite")}
      </Button>
      <Problems of={problems} />
    </>
  );
}
