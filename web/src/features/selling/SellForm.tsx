import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ListingAsMadeFragment } from "../../gql/listing";
import { IMAGES } from "../../lib/limits";
import { Problems } from "../../ui/States";
import { ImagesField } from "./ImagesField";
import { LeaveGuard } from "./LeaveGuard";
import { PastFields, TermsFields, WhatFields } from "./SellFields";
import { useChange, useNew } from "./useSend";
import { useSellForm, type SellForm as Form } from "./useSellForm";
import { useUploads } from "./useUploads";

/** Offers an account for sale: what it is, how it looks, on which terms. */
export function SellForm() {
  const { t } = useTranslation("selling");
  const form = useSellForm();
  const images = useUploads("LISTING", IMAGES);
  const { keep, ...sending } = useNew(form, images);
  return <Parts form={form} images={images} submit={t("submit")} keep={{ name: t("saveDraft"), act: keep }} {...sending} />;
}

/** Changes what was offered, or goes on with a draft. */
export function ChangeForm({ made }: { made: ListingAsMadeFragment }) {
  const { t } = useTranslation("selling");
  const form = useSellForm(made);
  const images = useUploads("LISTING", IMAGES, made.images);
  const { keep, ...sending } = useChange(made, form, images);
  const kept = keep && { name: t("save"), act: keep };
  return <Parts form={form} images={images} submit={keep ? t("submit") : t("save")} keep={kept} {...sending} />;
}

interface PartsProps extends Pick<ReturnType<typeof useNew>, "send" | "busy" | "keeping" | "problems" | "imagesError"> {
  form: Form;
  images: ReturnType<typeof useUploads>;
  submit: string;
  /** Keeping it without sending it to review, where that can be done. */
  keep: { name: string; act: () => Promise<void> } | undefined;
}

function Parts({ form, images, submit, keep, send, busy, keeping, problems, imagesError }: PartsProps) {
  const { t } = useTranslation("selling");
  return (
    <form onSubmit={form.onSubmit(send)} noValidate>
      <LeaveGuard dirty={form.isDirty() || images.changed} />
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
        <Group grow>
          {keep && (
            <Button variant="default" size="md" loading={keeping} disabled={images.busy || busy} onClick={() => void keep.act()}>
              {keep.name}
            </Button>
          )}
          <Button type="submit" size="md" loading={busy} disabled={images.busy}>
            {images.busy ? t("imagesGoing") : submit}
          </Button>
        </Group>
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
