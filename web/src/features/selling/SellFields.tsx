import { useQuery } from "@apollo/client/react";
import {
  Checkbox,
  Group,
  Input,
  SegmentedControl,
  Select,
  SimpleGrid,
  Slider,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { GamesDocument } from "../../gql/market";
import { DELIVERY_HOURS, lengthOf, TEXT, WARRANTY_DAYS } from "../../lib/limits";
import { GameIcon } from "../../ui/GameIcon";
import { AttributeFields } from "./AttributeFields";
import type { SellForm } from "./useSellForm";

/** Game, server, title, description. */
export function WhatFields({ form }: { form: SellForm }) {
  const { t } = useTranslation("selling");
  const { data } = useQuery(GamesDocument);
  const asked = data?.games?.find(({ id }) => id === form.values.gameId)?.attributes ?? [];
  const attributes = asked.filter(({ retired }) => !retired);
  const counted = (text: string, [, most]: readonly [number, number]) => `${lengthOf(text)} / ${most}`;
  return (
    <Stack gap="md">
      <GameFields form={form} />
      <AttributeFields form={form} attributes={attributes} />
      <TextInput
        {...form.getInputProps("title")}
        label={t("title")}
        description={t("titleHint")}
        required
        rightSection={<Count text={counted(form.values.title, TEXT.title)} />}
        rightSectionWidth={64}
      />
      <Textarea
        {...form.getInputProps("description")}
        label={t("description")}
        description={t("descriptionHint")}
        required
        autosize
        minRows={5}
        maxRows={16}
      />
      <Count text={counted(form.values.description, TEXT.description)} />
    </Stack>
  );
}

function Count({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed" ta="end" style={{ whiteSpace: "nowrap" }}>
      {text}
    </Text>
  );
}

function GameFields({ form }: { form: SellForm }) {
  const { t } = useTranslation("selling");
  const { data } = useQuery(GamesDocument);
  const games = data?.games ?? [];
  const chosen = games.find(({ id }) => id === form.values.gameId);
  const servers = chosen?.servers ?? [];
  const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        value={form.values.gameId}
        error={form.errors.gameId}
        onChange={(value) => form.setValues({ gameId: value, serverId: null, bindings: [], attributes: [] })}
        label={t("game")}
        placeholder={t("choose")}
        data={games.map(named)}
        leftSection={chosen && <GameIcon game={chosen} />}
        renderOption={({ option }) => {
          const game = games.find(({ id }) => id === option.value);
          return (
            <Group gap="xs" wrap="nowrap">
              {game && <GameIcon game={game} />}
              {option.label}
            </Group>
          );
        }}
        searchable
        required
      />
      <Select
        {...form.getInputProps("serverId")}
        label={t("server")}
        placeholder={form.values.gameId === null ? t("gameFirst") : t("choose")}
        data={servers.map(named)}
        disabled={servers.length === 0}
        searchable
        required
      />
    </SimpleGrid>
  );
}

/** What is bound to the account and what it was punished for. */
export function PastFields({ form }: { form: SellForm }) {
  const { t } = useTranslation("selling");
  const { data } = useQuery(GamesDocument);
  const checklist = data?.games?.find(({ id }) => id === form.values.gameId)?.checklist ?? [];
  return (
    <Stack gap="md">
      {form.values.gameId === null && <Text c="dimmed">{t("pastFirst")}</Text>}
      {checklist.length > 0 && (
        <Checkbox.Group {...form.getInputProps("bindings")} label={t("bindings")} description={t("bindingsHint")}>
          <Stack gap="xs" mt="xs">
            {checklist.map(({ key, text }) => (
              <Checkbox key={key} value={key} label={text} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <Textarea {...form.getInputProps("penalties")} label={t("penalties")} description={t("penaltiesHint")} autosize minRows={2} />
    </Stack>
  );
}

/** Price, promise, warranty. */
export function TermsFields({ form }: { form: SellForm }) {
  const { t } = useTranslation("selling");
  const { deliveryHours, warrantyDays } = form.values;
  return (
    <Stack gap="lg">
      <TextInput
        {...form.getInputProps("price")}
        label={t("price")}
        description={t("priceHint")}
        inputMode="decimal"
        autoComplete="off"
        leftSection="¥"
        required
        maw={240}
      />
      <Switch {...form.getInputProps("negotiable", { type: "checkbox" })} label={t("negotiable")} description={t("negotiableHint")} />
      <Input.Wrapper label={t("deliveryHours")} description={t("deliveryHint")} labelElement="div">
        <Text fw={600} mt={4}>
          {t("hours", { count: deliveryHours })}
        </Text>
        <Slider
          value={deliveryHours}
          onChange={(value) => form.setFieldValue("deliveryHours", value)}
          min={DELIVERY_HOURS[0]}
          max={DELIVERY_HOURS[1]}
          label={null}
          thumbLabel={t("deliveryHours")}
          marks={[1, 12, 24, 36, 48].map((value) => ({ value, label: value }))}
          mb="lg"
        />
      </Input.Wrapper>
      <Input.Wrapper label={t("warrantyDays")} description={t("warrantyHint")} labelElement="div">
        <SegmentedControl
          mt={6}
          fullWidth
          aria-label={t("warrantyDays")}
          value={String(warrantyDays)}
          onChange={(value) => form.setFieldValue("warrantyDays", Number(value))}
          data={WARRANTY_DAYS.map((days) => ({ value: String(days), label: t("days", { count: days }) }))}
        />
      </Input.Wrapper>
    </Stack>
  );
}
