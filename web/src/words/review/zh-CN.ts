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
  withdrawals: "提现审核",
  withdrawalsLead: "超过 5,000.00 元的提现由管理员审核，等待最久的在前。",
  noWithdrawals: "没有待审核的提现。",
  quickTurn: "提现的资金在 24 小时内刚刚充值。",
  needsTwo: "需要两名管理员批准",
  oneOfTwo: "已有一名管理员批准",
  another: "你已批准，等待另一名管理员。",
  ownWithdrawal: "这是你自己的提现，由其他管理员审核。",
  rejectWithdrawal: "不批准提现",
  reasonHintWithdrawal: "提现人会看到，资金退回其钱包。",
};
