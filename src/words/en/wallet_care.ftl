### Frozen wallets, debts, what the bank says
error-wallet-frozen = Your wallet is frozen. Look there for the reason; money still comes in.
error-freeze-own = You cannot freeze or thaw your own wallet.
error-freeze-decided = { $by } has frozen this wallet already.
error-freeze-none = No admin has frozen this wallet. What a case froze ends with the case.
freeze-case = A case about one of your orders asks for it.
freeze-admin = An admin asks for it.
error-debt-open = You owe money that is not paid yet. What comes into your wallet pays it first; then you can buy and withdraw again.
error-debt-ended = Nothing is left of this debt.
error-debt-to-platform = It is owed to the platform. Only what a user is owed can be advanced.
error-debt-to-user = It is owed to a user. Only he can waive it; the platform can advance it.
error-debt-left = { $left } is left of this debt.
error-decision-amount = The amount is 0.01 to 10,000,000.00.
error-platform-funds = The platform has { $there } for this.
error-decision-waits = The same waits for a second admin already. Approve or refuse that first.
error-decision-own = You proposed it, or have a part in it. Another admin has to decide.
error-decision-decided = { $by } has decided already.
error-decision-void = No second admin agreed within 72 hours. Propose it again.
