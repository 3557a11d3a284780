### Accounts
error-fresh-proof-required = Prove first, by password or second factor, that it is you.
error-proof-wrong = The proof is wrong.
error-tries-too-many = Too many tries. Try again in { $seconds } seconds.
error-identity-name = A name is 2 to 40 letters or Chinese characters, as on your identity card.
error-identity-number = This is no number of an identity card. Check it digit by digit.
error-identity-minor = One has to be 18 years old.
error-identity-already = Your real name is verified already.
error-identity-taken = This person is verified under another account.
error-block-oneself = You cannot block yourself.
