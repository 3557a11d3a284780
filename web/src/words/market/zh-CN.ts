import type { market as en } from "./en";

/** Words of the market. */
export const market: typeof en = {
  title: "市场",
  tagline: "二手游戏账号，安心交接。",
  lead: "Handover 站在买卖双方之间：货款先由平台托管，账号凭据密封交接，双方可以随时沟通；买家确认之后，卖家才收到货款。",
  join: "注册账户",
  how: "交易流程",
  games: "游戏",
  allGames: "全部游戏",
  empty: "暂时没有在售商品。第一件商品通过审核后会显示在这里。",
  emptyGame: "这款游戏暂时没有在售商品。",
  noSuchGame: "这里不交易这款游戏，请在上方选择。",
  sellFirst: "出售账号",
  listedTitle: "上架与审核",
  listedText: "卖家描述账号，管理员审核通过后才能出售。",
  paidTitle: "付款托管",
  paidText: "货款从买家钱包转入该订单的托管账户，任何人不能挪用。",
  handedTitle: "交接账号",
  handedText: "卖家提交密封的凭据，只有买家能打开，每次查看都有记录。",
  confirmedTitle: "确认收货",
  confirmedText: "买家确认后，货款扣除手续费付给卖家。每一步等待都有期限和明确的结果。",
  developers: "你在开发客户端？完整的 API 和文档见",
};
