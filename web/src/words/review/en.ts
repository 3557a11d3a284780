/** Words of the review queue. */
export const review = {
  title: "Review queue",
  lead: "What sellers offer, the longest waiting first.",
  empty: "Nothing waits for review.",
  own: "Your own listing: another admin decides.",
  approve: "Approve",
  reject: "Reject",
  rejectTitle: "Reject this listing",
  reason: "Reason",
  reasonHint: "The seller reads it: what is wrong and what to change.",
  reasonWrong: "A reason has 2 to 500 characters.",
};
