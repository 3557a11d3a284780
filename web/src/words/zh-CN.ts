import type { Words } from "./en";
import type { Translated } from "./translated";
import { account } from "./account/zh-CN";
import { chat } from "./chat/zh-CN";
import { common } from "./common/zh-CN";
import { listing } from "./listing/zh-CN";
import { market } from "./market/zh-CN";
import { notice } from "./notice/zh-CN";
import { order } from "./order/zh-CN";
import { problems } from "./problems/zh-CN";
import { review } from "./review/zh-CN";
import { selling } from "./selling/zh-CN";
import { wallet } from "./wallet/zh-CN";

/** Everything the pages say, in Chinese. */
export const words: Translated<Words> = { account, chat, common, listing, market, notice, order, problems, review, selling, wallet };
