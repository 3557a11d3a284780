import type { wallet as en } from "./en";

/** Words of the wallet. */
export const wallet: typeof en = {
  title: "钱包",
  deposit: "充值",
};
