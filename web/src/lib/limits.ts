// The API's limits, as its schema states them, so that forms can say them before anything is sent. The API decides.

/** Characters of texts, least and most, after trimming. */
export const TEXT = {
  title: [4, 80],
  description: [10, 5_000],
  username: [3, 24],
  password: [8, 128],
  reason: [2, 500],
  realName: [2, 40],
  penalties: [0, 500],
  credential: [1, 200],
  contacts: [0, 500],
  notes: [0, 2_000],
  nickname: [1, 24],
  bio: [0, 300],
  message: [1, 2_000],
  offerNote: [0, 500],
  evidence: [2, 2_000],
  review: [0, 500],
  announcementTitle: [2, 60],
  announcement: [2, 2_000],
} as const satisfies Record<string, readonly [number, number]>;

/** Amounts in yuan, least and most. */
export const PRICE = [1, 200_000] as const;

/** Earnings that two admins put aside at once, in yuan, least and most. */
export const FUNDING = ["0.01", "10000000.00"] as const;

/** Hours within which a seller may promise to deliver. */
export const DELIVERY_HOURS = [1, 48] as const;

/** Days of warranty to choose from. */
export const WARRANTY_DAYS = [7, 14, 30, 90] as const;

/** The most images of a piece of evidence. */
export const EVIDENCE_IMAGES = 20;

/** The most images of a listing. */
export const IMAGES = 9;

/** Whether a password has a length that the API takes; spaces count. */
export function isPassword(text: string): boolean {
  const length = Array.from(text).length;
  return length >= TEXT.password[0] && length <= TEXT.password[1];
}

/** How many characters the API counts: code points of the trimmed, composed text. */
export function lengthOf(text: string): number {
  return Array.from(text.trim().normalize("NFC")).length;
}

/** Whether a text has a length that the API takes. */
export function fits(text: string, [least, most]: readonly [number, number]): boolean {
  const length = lengthOf(text);
  return length >= least && length <= most;
}
