import { catalogue } from "../catalogue/en";
import { ruling } from "../ruling/en";
import { review } from "../review/en";
import { staff } from "../staff/en";

/** What the console of admins says beside all other words, in English. */
export const words = { catalogue, review, ruling, staff };

/** Those that are fetched with the console. */
export type AdminWords = typeof words;
