import type { Locale } from "../lib/locale";

const en = {
  tagline: "Used game accounts, handed over safely.",
  lead: "Handover stands between two strangers: it keeps the buyer’s money in escrow, passes the account on, lets both sides talk, and settles it when something goes wrong.",
  graphiql: "Open GraphiQL",
  graphiqlHint: "Every query, mutation and subscription, with its documentation.",
  steps: [
    ["Listed and reviewed", "A seller describes an account; an admin checks it before anybody can buy it."],
    ["Paid into escrow", "The price leaves the buyer’s wallet and waits with the order. Nobody else can touch it."],
    ["Handed over", "The seller delivers sealed credentials; only the buyer can open them, and each look is recorded."],
    ["Confirmed", "The buyer confirms, the seller is paid, less the fee. Every wait has a deadline and a defined end."],
  ],
  stepsTitle: "How a trade runs",
  newestTitle: "Newest on sale",
  loading: "Loading listings…",
  empty: "Nothing is on sale yet. A seller’s first listing appears here once an admin has approved it.",
  failed: "The listings could not be loaded.",
  retry: "Try again",
  demoTitle: "Looking around",
  demoSignIns:
    "Demonstration sign-ins for traders and admins are printed in the terminal where the server was started, together with the mail folder and the bank’s checkout page.",
  demoGraphiql: "Sign in through GraphiQL, then put the access token into its Headers tab as",
  language: "Language",
};

/** The words of the start page. */
export type Messages = typeof en;

const zh: Messages = {
  tagline: "二手游戏账号，安心交接。",
  lead: "Handover 站在买卖双方之间：货款先由平台托管，账号凭据密封交接，双方可以随时沟通；出了问题，由平台裁决。",
  graphiql: "打开 GraphiQL",
  graphiqlHint: "查询、变更与订阅，连同文档，都在这里。",
  steps: [
    ["上架与审核", "卖家描述账号，管理员审核通过后才能出售。"],
    ["付款托管", "货款从买家钱包转入该订单的托管账户，任何人不能挪用。"],
    ["交接账号", "卖家提交密封的凭据，只有买家能打开，每次查看都有记录。"],
    ["确认收货", "买家确认后，货款扣除手续费付给卖家。每一步等待都有期限和明确的结果。"],
  ],
  stepsTitle: "交易流程",
  newestTitle: "最新上架",
  loading: "正在加载商品…",
  empty: "暂时没有在售商品。第一件商品通过审核后会显示在这里。",
  failed: "商品加载失败。",
  retry: "重试",
  demoTitle: "四处看看",
  demoSignIns: "演示用的交易者和管理员账号，以及邮件目录和银行收银台地址，都打印在启动服务器的终端里。",
  demoGraphiql: "在 GraphiQL 中登录，然后在 Headers 标签页填入访问令牌：",
  language: "语言",
};

/** The words in each language. */
export const messages: Record<Locale, Messages> = { en, "zh-CN": zh };
