import { account } from "./account/en";
import { chat } from "./chat/en";
import type { AdminWords } from "./admin/en";
import type { FirstWords } from "./first/en";
import { dispute } from "./dispute/en";
import { giving } from "./giving/en";
import { listing } from "./listing/en";
import { offer } from "./offer/en";
import { order } from "./order/en";
import { report } from "./report/en";
import { selling } from "./selling/en";
import { wallet } from "./wallet/en";

/** What the pages say beside the first words, in English. */
export const words = { account, chat, dispute, giving, listing, offer, order, report, selling, wallet };

/** The words by feature; every language has the same. */
export type Words = FirstWords & RestWords & AdminWords;

/** Those that are fetched with the first page other than the market. */
export type RestWords = typeof words;
