// Answers tell whole seconds and take a while; what differs by less is no news.
const BLUR_MS = 2_000;

let ahead = 0;

/** Notes the API's time by an answer of it, for devices whose clock is not right. */
export function hearTime({ headers }: { headers: Headers }): void {
  const at = Date.parse(headers.get("date") ?? "");
  const next = at - Date.now();
  if (Math.abs(next - ahead) > BLUR_MS) ahead = next;
}

/** The time where the API is, in milliseconds; this device's until the API was heard. */
export function serverNow(): number {
  return Date.now() + ahead;
}
