### Orders
error-listing-not-available = This listing cannot be bought any more.
error-price-changed = Price or content changed since you looked. Look again before you buy.
error-own-order = You cannot buy what you or somebody with your name sells.
error-insufficient-funds = The money in your wallet does not suffice. Top it up first.
error-order-state = The order has moved on: this is not possible any more, or not yet.
error-credentials-field = Login and password have 1 to 200 characters in one line, contacts at most 500, notes at most 2,000, without invisible characters.
error-credentials-not-now = There is nothing to read: nothing was handed over, or the 30 days after completion are over.
error-credentials-version = There is no such version.
error-open-steps = { $open } steps of the checklist are open. Do them first, or confirm with acknowledgeOpenSteps if you know what that means.
error-no-such-step = The checklist has no such step.
error-tick-not-now = Tick the steps once the account is handed over.
error-penalties = What you say of penalties has at most 500 characters, without invisible characters.
error-bindings = Name steps of the game's checklist, each once.
error-nodes = Ask for at most { $most } ids at once.
