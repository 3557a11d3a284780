import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Modal, NativeSelect, NumberInput, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import { useForm, type UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GameAttributeCreateDocument, GameAttributeUpdateDocument, type CatalogueAttributeFragment } from "../../gql/catalogue";
import type { AttributeKind } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { refetchShown } from "../../lib/refetch";
import { Problems, useProblemWords } from "../../ui/States";
import { changeOf, type AttributeValues } from "./changeOf";
import { ChoiceRows } from "./ChoiceRows";

const KINDS: readonly AttributeKind[] = ["CHOICE", "MANY_CHOICE", "NUMBER", "YES_NO", "TEXT"];

interface AttributeDialogProps {
  gameId: string;
  /** None: a new one. */
  attribute: CatalogueAttributeFragment | undefined;
  close: () => void;
}

/** Everything about one attribute. Its key and kind are for good. */
export function AttributeDialog({ gameId, attribute, close }: AttributeDialogProps) {
  const { t } = useTranslation("catalogue");
  const { t: common } = useTranslation();
  const { form, submit, busy, problems } = useAttributeForm(gameId, attribute, close);
  const { kind } = form.values;
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={attribute?.name ?? t("addAttribute")}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Names form={form} />
          {!attribute && (
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <TextInput {...form.getInputProps("key")} label={t("key")} description={t("keyHint")} required />
              <NativeSelect
                {...form.getInputProps("kind")}
                label={t("kindOf")}
                description={t("forGood")}
                data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
              />
            </SimpleGrid>
          )}
          {kind === "NUMBER" && <NumberFields form={form} />}
          {(kind === "CHOICE" || kind === "MANY_CHOICE") && (
            <ChoiceRows
              choices={form.values.choices}
              change={(choices) => form.setFieldValue("choices", choices)}
              error={form.errors.choices}
              kept={attribute?.choices.map(({ key }) => key) ?? []}
            />
          )}
          <Position form={form} />
          <Switch {...form.getInputProps("required", { type: "checkbox" })} label={t("required")} description={t("requiredHint")} />
          {attribute && (
            <Switch {...form.getInputProps("retired", { type: "checkbox" })} label={t("retired")} description={t("retiredHint")} />
          )}
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Position({ form }: { form: UseFormReturnType<AttributeValues> }) {
  const { t } = useTranslation("catalogue");
  return (
    <NumberInput
      {...form.getInputProps("position")}
      label={t("position")}
      description={t("positionHint")}
      min={0}
      max={100_000}
      allowDecimal={false}
    />
  );
}

function Names({ form }: { form: UseFormReturnType<AttributeValues> }) {
  const { t } = useTranslation("catalogue");
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput {...form.getInputProps("nameZh")} label={t("nameZh")} required data-autofocus />
      <TextInput {...form.getInputProps("nameEn")} label={t("nameEn")} required />
    </SimpleGrid>
  );
}

function NumberFields({ form }: { form: UseFormReturnType<AttributeValues> }) {
  const { t } = useTranslation("catalogue");
  return (
    <SimpleGrid cols={{ base: 2, xs: 4 }}>
      <NumberInput {...form.getInputProps("least")} label={t("least")} allowDecimal={false} required />
      <NumberInput {...form.getInputProps("most")} label={t("most")} allowDecimal={false} required />
      <TextInput {...form.getInputProps("unitZh")} label={t("unitZh")} />
      <TextInput {...form.getInputProps("unitEn")} label={t("unitEn")} />
    </SimpleGrid>
  );
}

function useAttributeForm(gameId: string, attribute: CatalogueAttributeFragment | undefined, close: () => void) {
  const say = useProblemWords();
  const client = useApolloClient();
  const creation = useAct(GameAttributeCreateDocument, (data) => data.gameAttributeCreate);
  const update = useAct(GameAttributeUpdateDocument, (data) => data.gameAttributeUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm<AttributeValues>({ initialValues: valuesOf(attribute) });
  const submit = form.onSubmit(async (values) => {
    const change = changeOf(values);
    const { key, kind } = values;
    const outcome = attribute
      ? await update.run({ input: { gameId, key: attribute.key, change } })
      : await creation.run({ input: { gameId, key, kind, change } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    await refetchShown(client, ["Catalogue"]);
    close();
  });
  return { form, submit, busy: creation.busy || update.busy, problems };
}

function valuesOf(attribute: CatalogueAttributeFragment | undefined): AttributeValues {
  return {
    key: attribute?.key ?? "",
    kind: attribute?.kind ?? "CHOICE",
    nameZh: attribute?.nameZh ?? "",
    nameEn: attribute?.nameEn ?? "",
    required: attribute?.required ?? false,
    retired: attribute?.retired ?? false,
    position: attribute?.position ?? 0,
    unitZh: attribute?.unitZh ?? "",
    unitEn: attribute?.unitEn ?? "",
    least: attribute?.least ?? "",
    most: attribute?.most ?? "",
    choices: attribute?.choices.map(({ key, nameEn, nameZh }) => ({ key, nameEn, nameZh })) ?? [],
  };
}
