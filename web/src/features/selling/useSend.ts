import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  ListingCreateDocument,
  ListingDraftCreateDocument,
  ListingSubmitDocument,
  ListingUpdateDocument,
  type ListingAsMadeFragment,
} from "../../gql/listing";
import { GamesDocument } from "../../gql/market";
import type { ListingState } from "../../gql/schema";
import { useAct, type Outcome } from "../../lib/act";
import { showIn } from "../../lib/form";
import { useKeyFor } from "../../lib/key";
import { KEPT } from "../../lib/leave";
import type { Problem } from "../../lib/problems";
import { toast } from "../../lib/toast";
import { useProblemWords } from "../../ui/States";
import { priceToKeep } from "./price";
import type { SellForm, SellValues } from "./useSellForm";
import type { useUploads } from "./useUploads";
import { withDefaults } from "./withDefaults";

type Images = ReturnType<typeof useUploads>;

/** What is sent: the form's values, whole, with the ids of its pictures. */
function useWhat(form: SellForm, images: Images) {
  const { t } = useTranslation("selling");
  const client = useApolloClient();
  const imageIds = images.uploads.flatMap(({ image }) => (image ? [image.id] : []));
  const { failed } = images;
  /** With `whole`, nothing while something is missing that a listing must have; the form says what. */
  const what = ({ gameId, serverId, ...values }: SellValues, whole: boolean) => {
    const game = client.readQuery({ query: GamesDocument })?.games?.find(({ id }) => id === gameId);
    const asked = game?.attributes.filter(({ retired }) => !retired) ?? [];
    const here = values.attributes.filter(({ key }) => asked.some((one) => one.key === key));
    const { said, missing } = withDefaults(asked, here);
    if (whole) for (const { key } of missing) form.setFieldError(`attributes.${key}`, t("attributeMissing"));
    if (failed || gameId === null || serverId === null || imageIds.length === 0 || (whole && missing.length > 0)) return undefined;
    return { ...values, attributes: whole ? said : here, price: values.price.trim(), gameId, serverId, imageIds };
  };
  return {
    what,
    /** What is wrong with the pictures, and what a draft needs that is not there. */
    imagesWrong: failed ? t("imagesFailed") : imageIds.length === 0 ? t("imagesMissing") : null,
    needs: failed ? t("imagesFailed") : t("draftNeeds"),
  };
}

/** What happens after something was kept. */
function useKept() {
  const { cache } = useApolloClient();
  const navigate = useNavigate();
  return async (title: string, message: string | undefined, to: string) => {
    for (const fieldName of ["myListings", "myListingCounts", "listings"]) cache.evict({ id: "ROOT_QUERY", fieldName });
    toast({ color: "jade", title, message });
    await navigate(to, { state: KEPT });
  };
}

/** Shows problems beside their fields, the others below the form. */
function useProblems(form: SellForm) {
  const say = useProblemWords();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const show = <P>(outcome: Outcome<P>): P | undefined => {
    setProblems(showIn(form, outcome.problems ?? [], say));
    return outcome.done;
  };
  return { problems, setProblems, show };
}

/** Sends a new listing to review, or keeps it as a draft. */
export function useNew(form: SellForm, images: Images) {
  const { t } = useTranslation("selling");
  const keyFor = useKeyFor();
  const draftKeyFor = useKeyFor();
  const kept = useKept();
  const { what, imagesWrong, needs } = useWhat(form, images);
  const { problems, setProblems, show } = useProblems(form);
  const create = useAct(ListingCreateDocument, (data) => data.listingCreate);
  const draft = useAct(ListingDraftCreateDocument, (data) => data.listingDraftCreate);
  const [tried, setTried] = useState(false);
  const send = async (values: SellValues) => {
    setTried(true);
    const input = what(values, true);
    if (!input) return;
    const done = show(await create.run({ input: { ...input, idempotencyKey: keyFor(input) } }));
    if (done) await kept(t("sentTitle"), t("sentText"), "/my/listings");
  };
  const keep = async () => {
    const input = what(form.values, false);
    if (!input) {
      setProblems([{ code: "INVALID_INPUT", message: needs }]);
      return;
    }
    const { price, ...others } = input;
    const begun = { ...others, ...priceToKeep(price, "DRAFT") };
    const done = show(await draft.run({ input: { ...begun, idempotencyKey: draftKeyFor(begun) } }));
    if (done?.listing) await kept(t("draftKept"), undefined, `/sell/${done.listing.id}`);
  };
  return {
    send,
    keep,
    busy: create.busy,
    keeping: draft.busy,
    problems,
    imagesError: tried ? imagesWrong : null,
  };
}

/** Whether a listing in this state waits for its seller to send it to review. */
const waitsForSeller = (state: ListingState) => state === "DRAFT" || state === "REJECTED";

/** Changes a listing that was made already; what was not in review yet can be sent there. */
export function useChange(made: ListingAsMadeFragment, form: SellForm, images: Images) {
  const { t } = useTranslation("selling");
  const kept = useKept();
  const { what, imagesWrong, needs } = useWhat(form, images);
  const { problems, setProblems, show } = useProblems(form);
  const update = useAct(ListingUpdateDocument, (data) => data.listingUpdate);
  const submit = useAct(ListingSubmitDocument, (data) => data.listingSubmit);
  const save = async (values: SellValues, whole: boolean) => {
    const change = what(values, whole);
    if (!change) {
      if (!whole) setProblems([{ code: "INVALID_INPUT", message: needs }]);
      return undefined;
    }
    const { price, ...others } = change;
    const said = { ...others, ...(whole ? { price } : priceToKeep(price, made.state)) };
    const saved = show(await update.run({ input: { id: made.id, seenVersion: made.version, change: said } }))?.listing;
    if (saved) form.resetDirty();
    return saved;
  };
  const send = async (values: SellValues) => {
    const saved = await save(values, true);
    if (!saved) return;
    if (!waitsForSeller(saved.state)) {
      await kept(saved.state === "IN_REVIEW" ? t("savedReview") : t("saved"), undefined, `/listings/${made.id}`);
      return;
    }
    const done = show(await submit.run({ input: { id: saved.id, seenVersion: saved.version } }));
    if (done) await kept(t("sentTitle"), t("sentText"), "/my/listings");
  };
  const keep = async () => {
    if (await save(form.values, false)) await kept(t("saved"), undefined, "/my/listings");
  };
  const waits = waitsForSeller(made.state);
  return {
    send,
    keep: waits ? keep : undefined,
    busy: submit.busy || (update.busy && !waits),
    keeping: update.busy,
    problems,
    imagesError: imagesWrong,
  };
}
