import type { common as en } from "./en";

/** Words that every page has. */
export const common: typeof en = {
  market: "市场",
  sell: "出售",
  myListings: "我的商品",
  review: "商品审核",
  signIn: "登录",
  signUp: "注册",
  signOut: "退出登录",
  userMenu: "我的账户",
  navigation: "主导航",
  toMarket: "去市场",
  otherLanguage: "Switch to English",
  toDark: "深色模式",
  toLight: "浅色模式",
  skip: "跳到正文",
  loading: "正在加载…",
  more: "加载更多",
  tryAgain: "重试",
  cancel: "取消",
  close: "关闭",
  chat: "消息",
  me: "我的",
  centre: "个人中心",
  back: "返回",
};
