import type { review as en } from "./en";

/** Words of the review queue. */
export const review: typeof en = {
  title: "商品审核",
  lead: "卖家提交的商品，等待最久的在前。",
  empty: "没有待审核的商品。",
  own: "这是你自己的商品，由其他管理员审核。",
  approve: "通过",
  reject: "不通过",
  rejectTitle: "不通过审核",
  reason: "原因",
  reasonHint: "卖家会看到：哪里不合适，应当怎样修改。",
  reasonWrong: "原因为 2 至 500 个字符。",
};
