import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  OfferAcceptDocument,
  OfferCounterDocument,
  OfferDeclineDocument,
  OfferWithdrawDocument,
  type OfferRowFragment,
} from "../../gql/offer";
import { useAct } from "../../lib/act";
import { fenOf } from "../../lib/amount";
import { showIn } from "../../lib/form";
import { useFormat } from "../../lib/format";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { AskButton } from "../../ui/AskButton";
import { Problems, useProblemWords } from "../../ui/States";

interface OfferProps {
  offer: OfferRowFragment;
}

/** What one can do about an open offer: accept, counter or decline it; accept the counter-offer or withdraw. */
export function OfferActions({ offer }: OfferProps) {
  if (offer.waitsFor === null) return null;
  const myTurn = offer.waitsFor === offer.mySide;
  return (
    <Group gap="xs">
      {myTurn && <Accept offer={offer} />}
      {myTurn && offer.mySide === "SELLER" && <Counter offer={offer} />}
      {offer.mySide === "SELLER" ? <Decline offer={offer} /> : <Withdraw offer={offer} />}
    </Group>
  );
}

function Accept({ offer: { id, mySide, price, counterPrice } }: OfferProps) {
  const { t } = useTranslation("offer");
  const { money } = useFormat();
  const { run } = useAct(OfferAcceptDocument, (data) => data.offerAccept);
  const act = async () => (await run({ input: { id } })).problems ?? [];
  const agreed = money(counterPrice ?? price);
  return (
    <AskButton
      size="sm"
      label={t("accept", { price: agreed })}
      title={t("acceptTitle")}
      text={t(`acceptText.${mySide}`, { price: agreed })}
      act={act}
    />
  );
}

function Decline({ offer: { id } }: OfferProps) {
  const { t } = useTranslation("offer");
  const { run } = useAct(OfferDeclineDocument, (data) => data.offerDecline);
  const act = async () => (await run({ input: { id } })).problems ?? [];
  return (
    <AskButton size="sm" variant="subtle" color="red" label={t("decline")} title={t("declineTitle")} text={t("declineText")} act={act} />
  );
}

function Withdraw({ offer: { id } }: OfferProps) {
  const { t } = useTranslation("offer");
  const { run } = useAct(OfferWithdrawDocument, (data) => data.offerWithdraw);
  const act = async () => (await run({ input: { id } })).problems ?? [];
  return (
    <AskButton size="sm" variant="subtle" color="red" label={t("withdraw")} title={t("withdrawTitle")} text={t("withdrawText")} act={act} />
  );
}

function Counter({ offer }: OfferProps) {
  const { t } = useTranslation("offer");
  const { t: common } = useTranslation();
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button size="sm" variant="default" onClick={() => setAsking(true)}>
        {t("counter")}
      </Button>
      <Modal opened={asking} onClose={close} title={t("counterTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <CounterForm offer={offer} close={close} />
      </Modal>
    </>
  );
}

function CounterForm({ offer: { id, price: offered, listing }, close }: OfferProps & { close: () => void }) {
  const { t } = useTranslation("offer");
  const { money } = useFormat();
  const say = useProblemWords();
  const { run, busy } = useAct(OfferCounterDocument, (data) => data.offerCounter);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { price: "", note: "" },
    validate: {
      price: (value) => (isBetween(fenOf(value), fenOf(offered.amount), fenOf(listing?.price.amount ?? "")) ? null : t("counterWrong")),
      note: (value) => (fits(value, TEXT.offerNote) ? null : t("noteWrong")),
    },
  });
  const submit = form.onSubmit(async ({ price, note }) => {
    const outcome = await run({ input: { id, price: price.trim(), note } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (outcome.done) close();
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          {...form.getInputProps("price")}
          label={t("counterPrice")}
          description={t("counterHint", { price: money(offered) })}
          inputMode="decimal"
          autoComplete="off"
          leftSection="¥"
          required
          data-autofocus
        />
        <Textarea {...form.getInputProps("note")} label={t("note")} autosize minRows={2} />
        <Problems of={problems} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t("sendCounter")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Above the offer and below the asking price, which may be out of sight. */
function isBetween(fen: bigint | undefined, least: bigint | undefined, most: bigint | undefined): boolean {
  return fen !== undefined && least !== undefined && fen > least && (most === undefined || fen < most);
}
