import { ActionIcon, Badge, Group, Text } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../lib/format";
import { Endless } from "../../ui/Endless";
import classes from "./Chat.module.css";
import { Going } from "./Going";
import { Line } from "./Lines";
import type { Draft } from "./outbox";
import type { Row } from "./rows";

interface LogProps {
  label: string;
  rows: readonly Row[];
  me: string | undefined;
  /** The line to go to, when it is there. */
  target?: number | undefined;
  fetchOlder: () => Promise<unknown>;
  again: (draft: Draft) => void;
  drop: (clientId: string) => void;
}

/** A thread's rows, the newest at the bottom. Only what is in sight is in the document, however long it is. */
export function Log({ label, rows, target, ...row }: LogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(0);
  // The compiler of React is not used here; the virtualizer's functions are called anew at each rendering.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: (index) => estimate(rows[index]),
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 60,
    onChange: (instance) => setBelow(instance.isAtEnd(200) ? 0 : instance.getDistanceFromEnd()),
  });
  useLayoutEffect(() => {
    virtualizer.scrollToEnd();
  }, [virtualizer]);
  const place = target === undefined ? -1 : rows.findIndex((one) => one.kind === "line" && one.line.seq === target);
  useEffect(() => {
    if (place >= 0) virtualizer.scrollToIndex(place, { align: "center" });
    // Once for each target; later rows move it and must not scroll back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target, place >= 0]);
  return (
    <div className={classes.logFrame}>
      <div ref={scroller} className={classes.log} tabIndex={0} role="log" aria-label={label}>
        <div className={classes.logPage}>
          <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ key, index, start }) => {
              const one = rows[index];
              return (
                one && (
                  <div
                    key={key}
                    ref={virtualizer.measureElement}
                    data-index={index}
                    data-target={index === place}
                    className={classes.logRow}
                    style={{ transform: `translateY(${String(start)}px)` }}
                  >
                    <Inside of={one} {...row} />
                  </div>
                )
              );
            })}
          </div>
        </div>
      </div>
      {below > 0 && <ToNewest go={() => virtualizer.scrollToEnd()} />}
    </div>
  );
}

function Inside({ of, me, fetchOlder, again, drop }: Omit<LogProps, "rows" | "label" | "target"> & { of: Row }) {
  const { t } = useTranslation("chat");
  const { dayInWords } = useFormat();
  switch (of.kind) {
    case "older":
      return <Endless more fetchMore={fetchOlder} />;
    case "beginning":
      return (
        <Text size="xs" c="dimmed" ta="center" p="md" maw={460} mx="auto">
          {t("beginning")}
        </Text>
      );
    case "day":
      return (
        <Group justify="center" role="separator">
          <Badge variant="default" size="sm" fw={500} radius="xl">
            <time dateTime={of.at}>{dayInWords(of.at)}</time>
          </Badge>
        </Group>
      );
    case "unread":
      return (
        <div className={classes.unread} role="separator">
          {t("unreadFromHere")}
        </div>
      );
    case "line":
      return <Line line={of.line} me={me} seen={of.seen} />;
    case "draft":
      return <Going draft={of.draft} again={again} drop={drop} />;
  }
}

function ToNewest({ go }: { go: () => void }) {
  const { t } = useTranslation("chat");
  return (
    <ActionIcon
      className={classes.toNewest}
      variant="default"
      radius="xl"
      size="lg"
      aria-label={t("toNewest")}
      title={t("toNewest")}
      onClick={go}
    >
      <IconArrowDown size={18} />
    </ActionIcon>
  );
}

/** About how tall a row is, until it was seen. */
function estimate(row: Row | undefined): number {
  if (row?.kind !== "line") return 44;
  if (row.line.__typename === "SystemLine") return 44;
  const cards = row.line.listing || row.line.order ? 200 : 0;
  const pictures = row.line.images.length > 0 ? 150 : 0;
  return 56 + cards + pictures + 20 * Math.floor(row.line.text.length / 60);
}
