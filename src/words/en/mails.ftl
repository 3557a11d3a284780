### Mails
mail-code-subject = Your Handover code
mail-code-body = Your code is { $code }. It is good for ten minutes. If you did not ask for it, ignore this mail.
mail-known-subject = You already have a Handover account
mail-known-body = Somebody tried to sign up with this address, which has an account already. If it was you, sign in instead. If not, ignore this mail.
