/** Words of the notice centre. */
export const notice = {
  title: "Notices",
  unread_one: "Notices, {{count}} unread",
  unread_other: "Notices, {{count}} unread",
  none: "No notices yet. What happens to your listings, orders and money is told here.",
  new: "Unread",
  readAll: "Mark all as read",
  allow: "Show outside this page",
  lost: "The connection is away and is looked for. What happens meanwhile is shown when it is back.",
  back: "The connection is back, and everything is up to date.",
};
