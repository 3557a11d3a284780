/** Rows of a list, from the first to before the end. */
export interface Rows {
  first: number;
  end: number;
}

// So many rows before and after the window are there as well, for fast fingers and the tabulator.
const SPARE = 3;

/** The rows of `count`, each `height` high, that are near a window `view` high, in which the list begins at `top`. */
export function rowsIn(count: number, height: number, top: number, view: number): Rows {
  const first = Math.floor(-top / height) - SPARE;
  const end = Math.ceil((view - top) / height) + SPARE;
  const last = Math.max(0, count - 1);
  return { first: Math.max(0, Math.min(last, first)), end: Math.max(0, Math.min(count, end)) };
}

/** How many tiles fit beside each other; two until the width is known. */
export function columnsFor(width: number): number {
  if (width < 520) return 2;
  return width < 760 ? 3 : Math.min(5, Math.floor(width / 210));
}
