import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";
import { OfferMakeDocument } from "../../gql/offer";
import { useAct } from "../../lib/act";
import { fenOf } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import { fits, TEXT } from "../../lib/limits";
import type { Money } from "../../lib/money";
import type { Problem } from "../../lib/problems";
import { useSession } from "../../lib/session";
import { Problems, useProblemWords } from "../../ui/States";
import { Remedy } from "../wallet/Remedy";

interface OfferButtonProps {
  listing: { id: string; version: number; price: Money };
  /** Reads the listing anew, because it changed meanwhile. */
  again: () => unknown;
}

/** Offers a price of one's own for a listing. */
export function OfferButton({ listing, again }: OfferButtonProps) {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation();
  const session = useSession();
  const { pathname } = useLocation();
  const [asking, setAsking] = useState(false);
  if (session === "out") {
    return (
      <Button component={Link} to="/sign-in" state={{ from: pathname }} variant="default" size="md" leftSection={<IconTag size={20} />}>
        {t("signInToMake")}
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" size="md" leftSection={<IconTag size={20} />} onClick={() => setAsking(true)}>
        {t("make")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("makeTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <OfferForm listing={listing} again={again} close={() => setAsking(false)} />
      </Modal>
    </>
  );
}

function OfferForm({ listing, again, close }: OfferButtonProps & { close: () => void }) {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const { form, submit, busy, problems } = useOffer(listing, again);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t("makeText", { price: money(listing.price) })}</Text>
        <TextInput
          {...form.getInputProps("price")}
          label={t("price")}
          inputMode="decimal"
          autoComplete="off"
          leftSection="¥"
          required
          data-autofocus
        />
        <Textarea {...form.getInputProps("note")} label={t("note")} description={t("noteHint")} autosize minRows={2} />
        <Problems of={problems} />
        <Remedy problem={problems[0]} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useOffer({ id, version, price: asked }: OfferButtonProps["listing"], again: () => unknown) {
  const { t } = useTranslation("offer");
  const say = useProblemWords();
  const navigate = useNavigate();
  const { cache } = useApolloClient();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(OfferMakeDocument, (data) => data.offerMake);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { price: "", note: "" },
    validate: {
      price: (value) => {
        const fen = fenOf(value);
        return fen !== undefined && fen >= 100n && fen < (fenOf(asked.amount) ?? 0n) ? null : t("priceWrong");
      },
      note: (value) => (fits(value, TEXT.offerNote) ? null : t("noteWrong")),
    },
  });
  const submit = form.onSubmit(async ({ price, note }) => {
    const what = { listingId: id, seenVersion: version, price: price.trim(), note };
    const outcome = await run({ input: { ...what, idempotencyKey: keyFor(what) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.problems?.some(({ code }) => code === "PRICE_CHANGED" || code === "LISTING_NOT_AVAILABLE")) await again();
    if (!outcome.done) return;
    cache.evict({ id: "ROOT_QUERY", fieldName: "madeOffers" });
    await navigate("/offers/made");
  });
  return { form, submit, busy, problems };
}
