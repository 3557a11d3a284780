### Wallet
error-deposit-amount = A deposit is { $least } to { $most }.
error-deposits-open = { $max } of your deposits wait for payment. Pay one of them, or wait until the first lapses at { $again }.
error-payout-number = The number of a bank account has 8 to 32 digits.
error-payout-known = This account is on your list already.
error-payout-accounts = You have { $max } payout accounts. Remove one first.
error-withdrawal-amount = A withdrawal is { $least } to { $most }.
error-withdrawal-day = You may take out { $most } in 24 hours; { $left } is left. The first of today's withdrawals counts until { $again }.
error-withdrawals-open = { $max } of your withdrawals are under way. Wait until one has arrived.
error-withdrawal-too-late = It cannot be taken back: it was sent, or has ended.
error-own-withdrawal = You cannot decide your own withdrawal.
error-withdrawal-needs-another = You have approved it. Another admin has to approve it as well.
error-withdrawal-decided = { $by } has decided already.
error-withdrawal-not-waiting = It does not wait for a decision.
