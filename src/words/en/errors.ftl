### Errors
error-page = Ask for 1 to 100 rows, after a cursor that this list gave you.
error-verification-required = Verify your real name first.
error-captcha-wrong = The captcha was answered wrongly, was used before or has expired. Ask for a new one.
error-email = This is not a mail address.
error-codes-too-many = A code was sent a moment ago, or five in the last hour. Wait before you ask again.
error-code-wrong = The code is wrong, used or expired. Check the newest mail, or ask for a new code.
error-username-taken = Somebody has this username. Choose another.
error-username = A username has 3 to 24 letters, digits or underscores, in one script, and is no reserved word.
error-password = A password has 8 to 128 characters and is none of the commonest.
error-credentials-wrong = Name or password are wrong.
error-sign-in-too-many = Too many failed sign-ins. Try again in a quarter of an hour.
error-session-ended = The session has ended. Sign in again.
