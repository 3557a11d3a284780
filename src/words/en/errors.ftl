### Errors
error-page = Ask for 1 to 100 rows, after a cursor that this list gave you.
error-verification-required = Verify your real name first.
