import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { useApolloClient } from "@apollo/client/react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../lib/toast";
import { useNavigate } from "react-router";
import { ListingCreateDocument } from "../../gql/listing";
import { GamesDocument } from "../../gql/market";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import { useKeyFor } from "../../lib/key";
import { IMAGES } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";
import { ImagesField } from "./ImagesField";
import { PastFields, TermsFields, WhatFields } from "./SellFields";
import { withDefaults } from "./withDefaults";
import { useSellForm, type SellValues } from "./useSellForm";
import { useUploads } from "./useUploads";

/** Offers an account for sale: what it is, how it looks, on which terms. */
export function SellForm() {
  const { t } = useTranslation("selling");
  const form = useSellForm();
  const images = useUploads("LISTING", IMAGES);
  const { send, busy, problems, imagesError } = useSend(form, images);
  return (
    <form onSubmit={form.onSubmit(send)} noValidate>
      <Stack gap="md">
        <Part number={1} title={t("partWhat")}>
          <WhatFields form={form} />
        </Part>
        <Part number={2} title={t("partImages")}>
          <ImagesField images={images} error={imagesError} />
        </Part>
        <Part number={3} title={t("partPast")}>
          <PastFields form={form} />
        </Part>
        <Part number={4} title={t("partTerms")}>
          <TermsFields form={form} />
        </Part>
        <Problems of={problems} />
        <Button type="submit" size="md" loading={busy} disabled={images.busy}>
          {images.busy ? t("imagesGoing") : t("submit")}
        </Button>
      </Stack>
    </form>
  );
}

/** One of the steps of the form. */
function Part({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" aria-label={title}>
      <Group gap="sm" mb="md">
        <ThemeIcon variant="light" radius="xl" size="md" aria-hidden>
          <Text size="sm" fw={700}>
            {number}
          </Text>
        </ThemeIcon>
        <Title order={2} fz="lg">
          {title}
        </Title>
      </Group>
      {children}
    </Paper>
  );
}

function useSend(form: ReturnType<typeof useSellForm>, images: ReturnType<typeof useUploads>) {
  const { t } = useTranslation("selling");
  const say = useProblemWords();
  const navigate = useNavigate();
  const client = useApolloClient();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(ListingCreateDocument, (data) => data.listingCreate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [tried, setTried] = useState(false);
  const imageIds = images.uploads.flatMap(({ image }) => (image ? [image.id] : []));
  const missing = tried && imageIds.length === 0 ? t("imagesMissing") : null;
  const send = async ({ gameId, serverId, ...values }: SellValues) => {
    setTried(true);
    const game = client.readQuery({ query: GamesDocument })?.games?.find(({ id }) => id === gameId);
    const unsaid = withDefaults(game?.attributes ?? [], values.attributes);
    for (const { key } of unsaid.missing) form.setFieldError(`attributes.${key}`, t("attributeMissing"));
    if (unsaid.missing.length > 0) return;
    if (gameId === null || serverId === null || imageIds.length === 0) return;
    const what = { ...values, attributes: unsaid.said, price: values.price.trim(), gameId, serverId, imageIds };
    const outcome = await run({ input: { ...what, idempotencyKey: keyFor(what) } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    client.cache.evict({ id: "ROOT_QUERY", fieldName: "myListings" });
    toast({ color: "jade", title: t("sentTitle"), message: t("sentText") });
    await navigate("/my/listings");
  };
  return { send, busy, problems, imagesError: missing };
}
