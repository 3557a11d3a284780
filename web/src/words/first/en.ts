import { common } from "../common/en";
import { market } from "../market/en";
import { notice } from "../notice/en";
import { problems } from "../problems/en";

/** What the market and the frame around every page say, in English; fetched before anything is shown, so it is kept small. */
export const words = { common, market, notice, problems };

/** The first words by feature; every language has the same. */
export type FirstWords = typeof words;
