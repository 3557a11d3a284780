/** Words of the wallet. */
export const wallet = {
  title: "Wallet",
  deposit: "Deposit",
};
