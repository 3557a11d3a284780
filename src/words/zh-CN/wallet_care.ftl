### 冻结、欠款与银行对账
error-wallet-frozen = 您的钱包已被冻结，原因请在钱包中查看；仍可正常收款。
error-freeze-own = 您不能冻结或解冻自己的钱包。
error-freeze-decided = { $by } 已冻结该钱包。
error-freeze-none = 没有管理员冻结该钱包；由纠纷引起的冻结随纠纷结束而解除。
freeze-case = 您的一笔订单正在纠纷处理中。
freeze-admin = 管理员已作出冻结决定。
error-debt-open = 您有欠款尚未还清。钱包入账将优先用于偿还，还清后即可购买和提现。
error-debt-ended = 这笔欠款已无余额。
error-debt-to-platform = 这是对平台的欠款；只有对用户的欠款可以垫付。
error-debt-to-user = 这是对用户的欠款，只能由该用户放弃；平台可以垫付。
error-debt-left = 这笔欠款尚余 { $left }。
error-decision-amount = 金额须在 0.01 至 10,000,000.00 之间。
error-platform-funds = 平台可用于此项的资金为 { $there }。
error-decision-waits = 同一事项已在等待另一位管理员，请先批准或拒绝。
error-decision-own = 该事项由您提出或与您有关，须由另一位管理员决定。
error-decision-decided = { $by } 已作出决定。
error-decision-void = 72 小时内没有另一位管理员批准，请重新提出。
