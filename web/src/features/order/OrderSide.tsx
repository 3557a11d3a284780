import { Button, Paper, Stack, Text, Timeline, Title } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OrderWholeFragment } from "../../gql/order";
import { useFormat } from "../../lib/format";
import { Attributes } from "../listing/Attributes";
import { Gallery } from "../listing/Gallery";
import { Face } from "../../ui/Face";
import { Pairs } from "../../ui/Pairs";

/** What was bought, for how much. */
export function Bought({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { t: listing } = useTranslation("listing");
  const { money, moment } = useFormat();
  const { title, cover, game, server, warrantyDays, current } = order.listing;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <img src={cover.thumbnailUrl} alt="" style={{ width: "100%", height: 160, objectFit: "cover", borderRadius: 8 }} />
        <Text fw={600} className="written">
          {title}
        </Text>
        <Pairs
          of={[
            [listing("game"), `${game.name} · ${server.name}`],
            [t("price"), <span className="price">{money(order.price)}</span>],
            ...(order.fee ? [[t("fee"), money(order.fee)] as const] : []),
            ...(order.proceeds ? [[t("proceeds"), money(order.proceeds)] as const] : []),
            ...(order.settlesAt === null ? [] : [[t("settlesAt"), moment(order.settlesAt)] as const]),
            [listing("warranty"), listing("days", { count: warrantyDays })],
          ]}
        />
        {current && (
          <Button component={Link} to={`/listings/${current.id}`} variant="default" size="xs">
            {t("toListing")}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}

/** What the listing said when it was bought. */
export function AsBought({ order: { listing } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { t: words } = useTranslation("listing");
  const { images, bindings, penalties, attributes, description } = listing;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="md">
          {t("asBought")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("asBoughtHint")}
        </Text>
        <Gallery pictures={images} />
        <Attributes of={attributes} />
        <Pairs
          of={[
            [words("bindings"), bindings.length === 0 ? words("noBindings") : bindings.map(({ text }) => text).join(" · ")],
            [words("penalties"), penalties === "" ? words("noPenalties") : <span className="written">{penalties}</span>],
          ]}
        />
        <Text size="sm" className="written">
          {description}
        </Text>
      </Stack>
    </Paper>
  );
}

/** Who is on the other side, and the way to write to him. */
export function Other({ order }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const buying = order.mySide === "BUYER";
  const other = buying ? order.seller : order.buyer;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Face user={other} below={buying ? t("seller") : t("buyer")} />
        <Button component={Link} to={`/chat/with/${other.id}?order=${order.id}`} variant="light" leftSection={<IconMessage size={18} />}>
          {buying ? t("writeSeller") : t("writeBuyer")}
        </Button>
      </Stack>
    </Paper>
  );
}

/** What happened, step by step. */
export function History({ order: { timeline, mySide } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { moment } = useFormat();
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="md">
        {t("timeline")}
      </Title>
      <Timeline active={timeline.length - 1} bulletSize={14} lineWidth={2}>
        {timeline.map(({ kind, by, at }) => (
          <Timeline.Item
            key={`${kind}-${at}`}
            title={
              <Text size="sm" fw={500}>
                {t(`step.${kind}`)}
              </Text>
            }
          >
            <Text size="xs" c="dimmed">
              {by !== null && `${by === mySide ? t("byYou") : t(`by.${by}`)} · `}
              <time dateTime={at}>{moment(at)}</time>
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  );
}
