import { useElementSize } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useState } from "react";
import type { ListingCardFragment } from "../../gql/market";
import { ListingTile } from "./ListingTile";
import classes from "./TileGrid.module.css";

interface TileGridProps {
  listings: readonly ListingCardFragment[];
  /** What the list is called by a screen reader. */
  label: string;
  /** Whether there are more than these. */
  more: boolean;
}

/** Listings in a grid of which only the rows in sight are on the page, so that a thousand scroll like twenty. */
export function TileGrid({ listings, label, more }: TileGridProps) {
  const { ref, width } = useElementSize();
  const columns = columnsFor(width);
  const { place, shown, measure, height } = useRows(Math.ceil(listings.length / columns), rowHeight(width, columns));
  return (
    <div ref={ref}>
      <div ref={place} role="list" aria-label={label} style={{ position: "relative", height: height }}>
        {shown.map(({ key, index, start }) => (
          <div
            key={key}
            ref={measure}
            data-index={index}
            role="presentation"
            className={classes.row}
            style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {listings.slice(index * columns, (index + 1) * columns).map((listing, column) => (
              <div
                key={listing.id}
                role="listitem"
                className={classes.item}
                aria-posinset={index * columns + column + 1}
                aria-setsize={more ? -1 : listings.length}
              >
                <ListingTile listing={listing} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** How many tiles fit beside each other; two until the width is known. */
export function columnsFor(width: number): number {
  if (width < 520) return 2;
  return width < 760 ? 3 : Math.min(5, Math.floor(width / 210));
}

/** About how high a row is: the picture, and the lines below it. */
function rowHeight(width: number, columns: number): number {
  const tile = Math.max(120, (width - 16 * (columns - 1)) / columns);
  return Math.round((tile * 11) / 16 + 130);
}

/** The rows in sight of the window's scrolling, where they stand, and how high all of them are. */
function useRows(count: number, estimate: number) {
  const [list, place] = useState<HTMLDivElement | null>(null);
  const top = useTop(list);
  const rows = useWindowVirtualizer({ count, estimateSize: () => estimate, overscan: 3, scrollMargin: top });
  useLayoutEffect(() => rows.measure(), [rows, estimate]);
  const shown = rows.getVirtualItems().map(({ key, index, start }) => ({ key, index, start: start - top }));
  return { place, shown, measure: rows.measureElement, height: rows.getTotalSize() };
}

/** Where an element begins on the page; what is above it may grow and shrink. */
function useTop(element: HTMLElement | null): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (!element) return undefined;
    const look = () => setTop(Math.round(element.getBoundingClientRect().top + window.scrollY));
    const watcher = new ResizeObserver(look);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [element]);
  return top;
}
