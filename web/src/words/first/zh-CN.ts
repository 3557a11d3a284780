import { common } from "../common/zh-CN";
import { market } from "../market/zh-CN";
import { notice } from "../notice/zh-CN";
import { problems } from "../problems/zh-CN";
import type { Translated } from "../translated";
import type { FirstWords } from "./en";

/** What the market and the frame around every page say, in Chinese. */
export const words: Translated<FirstWords> = { common, market, notice, problems };
