/** What can go wrong, by code. User errors come with words of the API. */
export const problems = {
  UNAUTHENTICATED: "You are signed out. Sign in and try again.",
  FORBIDDEN: "This is not for you.",
  BLACKLISTED: "Your account is limited to deposit, withdrawal and system messages.",
  NOT_FOUND: "There is no such thing, or it is not for you to see.",
  RATE_LIMITED: "Too many requests. Wait a moment and try again.",
  UNAVAILABLE: "This is not available at the moment. Try again shortly.",
  INTERNAL_SERVER_ERROR: "Something went wrong on our side. It has been logged; try again shortly.",
  RESYNC_REQUIRED: "This page is out of date. Load it again.",
  BAD_USER_INPUT: "The address of this page asks for something impossible.",
  OFFLINE: "No connection to Handover. Check your network; nothing was done.",
  retry: "Try again",
  reload: "Load the page again",
  brokenTitle: "This page could not be shown",
  brokenText: "The network may be away, or a new version of Handover may have arrived. Loading the page again usually helps.",
  noPageTitle: "There is no such page",
  noPageText: "The address may be mistyped, or what was here may be gone.",
};
