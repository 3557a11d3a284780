import type { problems as en } from "./en";

/** What can go wrong, by code. User errors come with words of the API. */
export const problems: typeof en = {
  UNAUTHENTICATED: "你已退出登录，请登录后重试。",
  FORBIDDEN: "你没有权限执行此操作。",
  BLACKLISTED: "你的账户只能充值、提现和接收系统消息。",
  NOT_FOUND: "内容不存在，或你无权查看。",
  RATE_LIMITED: "请求过于频繁，请稍候再试。",
  UNAVAILABLE: "Handover 正在维护，或部分功能暂时不可用。数据不会丢失，请稍后再试。",
  INTERNAL_SERVER_ERROR: "我们这边出了问题，已经记录，请稍后再试。",
  RESYNC_REQUIRED: "页面已过期，请重新加载。",
  BAD_USER_INPUT: "页面地址有误。",
  OFFLINE: "无法连接到 Handover，请检查网络；操作没有执行。",
  retry: "重试",
  reload: "重新加载页面",
  brokenTitle: "页面无法显示",
  brokenText: "可能是网络中断，或者 Handover 刚刚更新。重新加载通常可以解决。",
  noPageTitle: "页面不存在",
  noPageText: "地址可能有误，或者内容已经不在了。",
  blacklistReason: "原因：{{reason}}",
};
