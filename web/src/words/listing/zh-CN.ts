import type { listing as en } from "./en";
import type { Translated } from "../translated";

/** Words about listings. */
export const listing: Translated<typeof en> = {
  state: {
    IN_REVIEW: "审核中",
    ON_SALE: "在售",
    OFF_SHELF: "已下架",
    REJECTED: "未通过",
    RESERVED: "交易中",
    SOLD: "已售出",
  },
  mine: "我的商品",
  offer: "出售账号",
  noneMine: "你还没有出售商品。提交后由管理员审核，通过后出现在市场。",
  own: "这是你自己的商品。",
  rejected: "未通过审核",
  description: "商品描述",
  seller: "卖家",
  game: "游戏",
  server: "区服",
  delivery: "交付承诺",
  within_other: "{{count}} 小时内",
  warranty: "找回包赔期",
  days_other: "{{count}} 天",
  publishedAt: "上架时间",
  createdAt: "创建时间",
  picture: "第 {{place}} 张，共 {{of}} 张",
  enlarge: "放大：{{what}}",
  close: "关闭",
  bindings: "绑定情况",
  noBindings: "卖家称无绑定",
  penalties: "处罚记录",
  noPenalties: "卖家称无处罚",
};
