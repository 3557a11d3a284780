import { onChange } from "./session";

/** The state of a way that is taken because everything was kept, or is to be lost. */
export const KEPT = { kept: true };

type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let byHand = false;

onChange((change) => {
  if (change === "begun") byHand = false;
});

/** Has whoever leaves by another way than an address asked first, until it is no more needed. */
export function askBefore(question: Ask): () => void {
  ask = question;
  return () => {
    if (ask === question) ask = undefined;
  };
}

/** Whether what was written here may be lost; asked only where something was. */
export async function mayLeave(): Promise<boolean> {
  return ask === undefined || (await ask());
}

/** Notes whether whoever is here is signing out himself in this tab. */
export function signsOut(does: boolean): void {
  byHand = does;
}

/** Whether he who was here signed out himself in this tab. */
export function didSignOut(): boolean {
  return byHand;
}
