import type { notice as en } from "./en";
import type { Translated } from "../translated";

/** Words of the notice centre. */
export const notice: Translated<typeof en> = {
  title: "通知",
  unread_other: "通知，{{count}} 条未读",
  none: "还没有通知。商品、订单和资金的动态会显示在这里。",
  new: "未读",
  readAll: "全部标为已读",
  allow: "开启桌面通知",
  lost: "连接已断开，正在重连。期间的消息会在恢复后显示。",
  back: "连接已恢复，内容已是最新。",
};
