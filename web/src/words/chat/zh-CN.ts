import type { chat as en } from "./en";
import type { Translated } from "../translated";

/** Words of the chat. */
export const chat: Translated<typeof en> = {
  title: "消息",
  thread: "对话",
  none: "还没有消息。可以在商品页联系卖家。",
  choose: "请选择一个对话。",
  unread_other: "{{count}} 条未读",
  card: "[图片或卡片]",
  you: "你：{{text}}",
  byYou: "你的消息",
  byOther: "对方的消息",
  back: "全部对话",
  write: "输入消息",
  send: "发送",
  sending: "发送中…",
  again: "重新发送",
  drop: "丢弃",
  seen: "已读",
  tooLong_other: "消息最多 2,000 个字符，当前 {{count}} 个。",
  about: "关于：{{title}}",
  notAbout: "不关联此商品",
  writeSeller: "联系卖家",
  menu: "更多",
  recalled: "已撤回",
  recall: "撤回",
  picture: "图片",
  pictures_other: "{{count}} 张图片",
  attach: "发送图片",
};
