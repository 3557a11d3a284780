### Notices
notice-listing-approved-title = Your listing is on sale
notice-listing-approved-text = “{ $title }” was approved. Buyers can see it now.
notice-listing-rejected-title = Your listing was rejected
notice-listing-rejected-text = “{ $title }” was not approved. Reason: { $reason }
notice-deposit-credited-title = Your deposit has arrived
notice-deposit-credited-text = CNY { $amount } is in your wallet.
notice-deposit-failed-title = Your deposit failed
notice-deposit-failed-text = Your deposit of CNY { $amount } was not paid. Nothing was credited; you can try again.
notice-deposit-reversed-title = The bank took a deposit back
notice-deposit-reversed-text = Your deposit of CNY { $amount } was reversed by the bank and has left your wallet. What was not there is owed to the platform.
notice-order-paid-title = Sold: deliver now
notice-order-paid-text = “{ $title }” was bought for CNY { $price }. The money is held for you. Hand the account over within the time you promised.
notice-order-placed-title = Order placed
notice-order-placed-text = You bought “{ $title }” for CNY { $price }. The money is held until you confirm the account.
notice-order-delivered-title = The account was handed over
notice-order-delivered-text = The seller handed over “{ $title }”. Look at the credentials, secure the account and confirm.
notice-order-completed-title = Order completed
notice-order-completed-text = The order for “{ $title }” is complete.
notice-order-waits-title = An order waits for you
notice-order-waits-text = The order for “{ $title }” waits for you until { $due } UTC. Open it to see what to do.
notice-order-cancelled-title = Order cancelled
notice-order-cancelled-text = { $by ->
        [BLACKLIST] The order for “{ $title }” was cancelled, because one of you may not trade any more.
       *[other] The order for “{ $title }” was cancelled.
    } CNY { $price } went back to the buyer.
notice-seller-banned-title = The seller of your order was banned
notice-seller-banned-text = The seller of “{ $title }” may not trade any more and will not answer. { $state ->
        [DELIVERED] Your order goes on: until { $due } UTC you can confirm it or ask for a return, which is granted when the seller's time to answer is over. If you do neither, it completes.
        [RETURN_REQUESTED] Your return goes on: hand the account back by { $due } UTC. You have your money back when the seller's time to answer is over.
        [RETURN_INSPECTION] Your return goes on: you have your money back at { $due } UTC.
       *[other] The dispute goes on without a word of the seller. You will hear of each step.
    }
notice-buyer-banned-title = The buyer of your order was banned
notice-buyer-banned-text = The buyer of “{ $title }” may not trade any more and will not answer. { $state ->
        [DELIVERED] Your order goes on: it completes by itself at { $due } UTC, and you are paid.
        [RETURN_REQUESTED] Your order goes on: the request for a return lapses at { $due } UTC, and the time to confirm goes on. Then the order completes by itself.
        [RETURN_INSPECTION] Look at what was handed back by { $due } UTC, then agree, or refuse with evidence. Without an answer the buyer gets the money back.
       *[other] The dispute goes on without a word of the buyer. You will hear of each step.
    }
notice-proceeds-settled-title = Your proceeds are available
notice-proceeds-settled-text = CNY { $proceeds } from the sale of “{ $title }” is now available in your wallet.
notice-withdrawal-requested-title = Withdrawal requested
notice-withdrawal-requested-text = A withdrawal of CNY { $amount } was requested from your wallet. If it was not you, change your password and take it back at once.
notice-withdrawal-sent-title = Your withdrawal is on its way
notice-withdrawal-sent-text = Your withdrawal of CNY { $amount } was handed to the bank.
notice-withdrawal-paid-title = Your withdrawal was paid
notice-withdrawal-paid-text = The bank paid out CNY { $amount }.
notice-withdrawal-given-back-title = Your withdrawal was given back
notice-withdrawal-given-back-text = The withdrawal of CNY { $amount } was not paid out. The money is back in your wallet.
notice-identity-approved-title = Your real name is verified
notice-identity-approved-text = You can now deposit, buy, sell and withdraw.
notice-identity-rejected-title = Your real name could not be verified
notice-identity-rejected-text = Reason: { $reason } You can hand it in again, with new photographs.
notice-identity-lapsed-title = Your real name was not looked at in time
notice-identity-lapsed-text = Nobody decided on your verification within 30 days, and the photographs were destroyed. We are sorry; please hand it in again.
notice-signed-in-anew-title = New sign-in to your account
notice-signed-in-anew-text = Somebody signed in with a client that was not used before. If it was not you, end that session and change your password.
notice-password-changed-title = Your password was changed
notice-password-changed-text = Your password was changed, and all other sessions have ended. If it was not you, reset it by mail at once.
notice-email-changed-title = Your mail address was changed
notice-email-changed-text = Another mail address is bound to your account. Withdrawals wait for 24 hours.
notice-blacklisted-title = Your account was limited
notice-blacklisted-text = Your account is limited to deposit, withdrawal and system messages. Reason: “{ $reason }”. If you think this is wrong, write to { $appeals }.
notice-reinstated-title = Your account is open again
notice-reinstated-text = You can trade and chat again.
notice-wallet-frozen-title = Your wallet was frozen
notice-wallet-frozen-text = Money still comes in, but for now you cannot buy or withdraw, and nobody can buy from you. Withdrawals that were not sent are back in your wallet, which also says why it is frozen.
notice-wallet-thawed-title = Your wallet is open again
notice-wallet-thawed-text = You can buy and withdraw again.
notice-debt-opened-title = You owe money
notice-debt-opened-text = You owe CNY { $amount }. Whatever comes into your wallet pays it first; until it is paid you cannot buy or withdraw. Your wallet shows what it comes from.
notice-debt-claimed-title = You are owed money
notice-debt-claimed-text = You are owed CNY { $amount }. It is paid to you out of whatever comes into the other's wallet.
notice-debt-paid-title = Your debt became smaller
notice-debt-paid-text = CNY { $paid } of what you owe was paid out of your wallet; CNY { $remaining } is left.
notice-debt-received-title = You were paid what you are owed
notice-debt-received-text = CNY { $paid } of what you are owed came into your wallet; CNY { $remaining } is left.
notice-debt-forgiven-title = You owe it no more
notice-debt-forgiven-text = What was left of your debt of CNY { $amount } was forgiven.
notice-queue-overdue-title = Something waits for an administrator
notice-queue-overdue-text = { $queue ->
    [LISTINGS] Listings to review
    [VERIFICATIONS] Real names
    [WITHDRAWALS] Withdrawals
    [BANK_DIFFERENCES] Differences with the bank
    [MONEY_DECISIONS] Decisions about money
    [CASES] Cases
    [REPORTS] Reports
   *[other] Things
} wait and no administrator has claimed them for 24 hours: { $count }.
notice-announcement-title = { $title_en }
notice-announcement-text = { $text_en }
