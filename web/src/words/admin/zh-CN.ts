import type { Translated } from "../translated";
import { catalogue } from "../catalogue/zh-CN";
import { ruling } from "../ruling/zh-CN";
import { review } from "../review/zh-CN";
import { staff } from "../staff/zh-CN";
import type { AdminWords } from "./en";

/** What the console of admins says beside all other words, in Chinese. */
export const words: Translated<AdminWords> = { catalogue, review, ruling, staff };
