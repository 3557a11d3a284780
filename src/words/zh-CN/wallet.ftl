### Wallet
error-deposit-amount = 充值金额须在 { $least } 至 { $most } 之间。
error-deposits-open = 您有 { $max } 笔充值等待付款，请先付款，或等首笔于 { $again } 过期。
error-payout-number = 银行账号须为 8 至 32 位数字。
error-payout-known = 该账户已在您的列表中。
error-payout-accounts = 您已有 { $max } 个收款账户，请先删除一个。
error-withdrawal-amount = 提现金额须在 { $least } 至 { $most } 之间。
error-withdrawal-day = 24 小时内最多提现 { $most }，还可提现 { $left }。今日首笔提现计入额度至 { $again }。
error-withdrawals-open = 您有 { $max } 笔提现正在处理，请等其中一笔到账。
error-withdrawal-too-late = 无法撤回：该提现已发出或已结束。
error-own-withdrawal = 您不能审批自己的提现。
error-withdrawal-needs-another = 您已批准，还须另一位管理员批准。
error-withdrawal-decided = { $by } 已作出决定。
error-withdrawal-not-waiting = 该提现不在待审批状态。
