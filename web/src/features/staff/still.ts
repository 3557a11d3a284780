/** What stays in sight while the answer to a changed question is on its way: what was found before, which does not go on. */
export function still<P extends { pageInfo: { hasNextPage: boolean } }>(
  now: P | null | undefined,
  before: P | null | undefined,
  error: unknown,
): P | null | undefined {
  if (now || error || !before) return now;
  return { ...before, pageInfo: { ...before.pageInfo, hasNextPage: false } };
}
