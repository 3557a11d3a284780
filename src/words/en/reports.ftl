### Reports and the blacklist
error-blacklist-oneself = You cannot decide about yourself.
error-blacklist-admin = An administrator must lose the role first.
error-blacklist-decided = { $by } has decided so already.
error-blacklist-decided-by-operator = That is so already, or was decided by the operator.
error-user-search = A search has 1 to { $max } characters.
notice-report-answered-title = Your report was decided
notice-report-answered-text = What you reported was looked at. { $outcome ->
        [DISMISSED] Nothing follows from it.
        [WARNED] Whom it is about was warned.
        [CONTENT_REMOVED] It was taken away.
       *[other] Whom it is about was banned.
    } The decision says: “{ $reason }”. Nobody but us knows that it was you.
notice-report-dismissed-title = A report about you was looked at
notice-report-dismissed-text = Somebody reported you, something you sell or something you wrote. We looked at it, and nothing follows from it.
notice-warned-title = You are warned
notice-warned-text = You, something you sell or something you wrote was reported, and an administrator warns you: “{ $reason }”. If it happens again, your account may be limited.
notice-message-removed-title = A message of yours was taken away
notice-message-removed-text = A message that you wrote was reported and taken away. Reason: “{ $reason }”.
error-report-subject = Report one thing: a user, a listing or a message.
error-report-oneself = You cannot report yourself or what is yours.
error-report-already = You have reported this, and it is not decided yet. You will be told.
error-reports-too-many = You can make { $max } reports a day. You can report again in { $minutes } minutes.
error-report-text = What you say has 2 to 2,000 characters, without invisible characters.
error-report-images = A report shows at most { $max } images.
error-report-own = This is about you, or you reported it: another administrator decides.
error-report-claimed = { $by } is looking at this report.
error-report-decided = { $by } has decided on this report.
error-report-nothing-to-remove = A user himself cannot be taken away. Warn or blacklist him, or dismiss the report.
