import { useElementSize } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { ListingCardFragment } from "../../gql/market";
import { columnsFor, rowsIn, type Rows } from "./rows";
import { ListingTile } from "./ListingTile";

interface TileGridProps {
  listings: readonly ListingCardFragment[];
  /** What the list is called by a screen reader. */
  label: string;
  /** Whether there are more than these. */
  more: boolean;
}

/** Listings in a grid of which only the rows near the window are on the page, so that a thousand scroll like twenty. */
export function TileGrid({ listings, label, more }: TileGridProps) {
  const { ref, width } = useElementSize();
  const columns = columnsFor(width);
  const gap = columns > 2 ? 16 : 12;
  const count = Math.ceil(listings.length / columns);
  const { place, height, first, end } = useShown(count, gap, guess(width, columns, gap));
  return (
    <div ref={ref}>
      <div ref={place} style={{ height: Math.max(0, count * height - gap) }}>
        <div
          role="list"
          aria-label={label}
          style={{
            display: "grid",
            gap,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            transform: `translateY(${first * height}px)`,
          }}
        >
          {listings.slice(first * columns, end * columns).map((listing, at) => (
            <div
              key={listing.id}
              role="listitem"
              style={{ display: "grid" }}
              aria-posinset={first * columns + at + 1}
              aria-setsize={more ? -1 : listings.length}
            >
              <ListingTile listing={listing} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

/** About how high a row is with the gap below it, until one was measured: the picture, and the lines under it. */
function guess(width: number, columns: number, gap: number): number {
  const tile = Math.max(120, (width - gap * (columns - 1)) / columns);
  return Math.round((tile * 11) / 16 + 118 + gap);
}

/** Which rows are near the window at present, and how high each is. All are equally high. */
function useShown(count: number, gap: number, guessed: number) {
  const [list, place] = useState<HTMLElement | null>(null);
  const [measured, setMeasured] = useState<number>();
  const [shown, setShown] = useState<Rows>({ first: 0, end: 6 });
  const height = measured ?? guessed;
  useEffect(() => {
    if (!list) return undefined;
    const look = () => {
      const tile = list.querySelector<HTMLElement>("[role=listitem]");
      if (tile && tile.offsetHeight > 0) setMeasured(tile.offsetHeight + gap);
      const next = rowsIn(count, height, list.getBoundingClientRect().top, window.innerHeight);
      setShown((old) => (old.first === next.first && old.end === next.end ? old : next));
    };
    // The page's size changes with what is above the list and in it.
    const watcher = new ResizeObserver(look);
    watcher.observe(document.body);
    watcher.observe(list);
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      watcher.disconnect();
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [list, count, gap, height]);
  return { place, height, first: Math.min(shown.first, count), end: Math.min(shown.end, count) };
}
