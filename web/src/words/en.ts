import { account } from "./account/en";
import { chat } from "./chat/en";
import { common } from "./common/en";
import { listing } from "./listing/en";
import { market } from "./market/en";
import { notice } from "./notice/en";
import { order } from "./order/en";
import { problems } from "./problems/en";
import { review } from "./review/en";
import { selling } from "./selling/en";
import { wallet } from "./wallet/en";

/** Everything the pages say, in English. */
export const words = { account, chat, common, listing, market, notice, order, problems, review, selling, wallet };

/** The words by feature; every language has the same. */
export type Words = typeof words;
