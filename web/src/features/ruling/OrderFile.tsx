import { Accordion, List, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ReviewWholeFragment } from "../../gql/caseReview";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";
import { Attributes } from "../listing/Attributes";
import { Gallery } from "../listing/Gallery";

/** The order, as it was bought and handed over. */
export function OrderFile({ review: { order } }: { review: ReviewWholeFragment }) {
  const { t } = useTranslation("ruling");
  return (
    <Accordion variant="separated" multiple classNames={{ item: "panel" }} defaultValue={["steps"]}>
      <Accordion.Item value="steps">
        <Accordion.Control>{t("handOver")}</Accordion.Control>
        <Accordion.Panel>
          <HandOver order={order} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="bought">
        <Accordion.Control>{t("asBought")}</Accordion.Control>
        <Accordion.Panel>
          <AsBought order={order} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

interface OrderProps {
  order: ReviewWholeFragment["order"];
}

function HandOver({ order }: OrderProps) {
  const { t } = useTranslation("ruling");
  const { t: words } = useTranslation("order");
  const { t: giving } = useTranslation("giving");
  const { moment } = useFormat();
  const { timeline, checklist, credentialsVersions, returnReason, handBack } = order;
  return (
    <Stack gap="sm">
      <Pairs
        of={timeline.map(({ kind, by, at }) => [`${words(`step.${kind}`)}${by === null ? "" : ` · ${words(`by.${by}`)}`}`, moment(at)])}
      />
      <Text size="sm">{t("versions", { count: credentialsVersions.length })}</Text>
      {checklist.length > 0 && (
        <List size="sm" spacing={4} center>
          {checklist.map(({ step, done }) => (
            <List.Item key={step.key} icon={done ? <IconCircleCheck size={18} aria-hidden /> : <IconCircleDashed size={18} aria-hidden />}>
              {step.text}
              <VisuallyHidden> · {done ? t("ticked") : t("notTicked")}</VisuallyHidden>
            </List.Item>
          ))}
        </List>
      )}
      {returnReason !== null && (
        <Text size="sm" className="written">
          {giving("reason")}: {returnReason}
        </Text>
      )}
      {handBack && <Text size="sm">{giving(`given.${handBack.kind}`, { at: moment(handBack.handedBackAt) })}</Text>}
    </Stack>
  );
}

function AsBought({ order: { listing } }: OrderProps) {
  const { t: words } = useTranslation("listing");
  const { game, server, description, images, attributes, bindings, penalties, warrantyDays } = listing;
  return (
    <Stack gap="sm">
      <Gallery pictures={images} />
      <Pairs
        of={[
          [words("game"), `${game.name} · ${server.name}`],
          [words("warranty"), words("days", { count: warrantyDays })],
          [words("bindings"), bindings.length === 0 ? words("noBindings") : bindings.map(({ text }) => text).join(" · ")],
          [words("penalties"), penalties === "" ? words("noPenalties") : <span className="written">{penalties}</span>],
        ]}
      />
      <Attributes of={attributes} />
      <Text size="sm" className="written">
        {description}
      </Text>
    </Stack>
  );
}
