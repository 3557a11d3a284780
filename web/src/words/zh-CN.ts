import type { RestWords } from "./en";
import type { Translated } from "./translated";
import { account } from "./account/zh-CN";
import { chat } from "./chat/zh-CN";
import { dispute } from "./dispute/zh-CN";
import { giving } from "./giving/zh-CN";
import { listing } from "./listing/zh-CN";
import { offer } from "./offer/zh-CN";
import { order } from "./order/zh-CN";
import { report } from "./report/zh-CN";
import { selling } from "./selling/zh-CN";
import { wallet } from "./wallet/zh-CN";

/** What the pages say beside the first words, in Chinese. */
export const words: Translated<RestWords> = { account, chat, dispute, giving, listing, offer, order, report, selling, wallet };
