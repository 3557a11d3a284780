/** What this browser keeps for us, or nothing: reading `localStorage` throws where the reader forbade it. */
export function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
