### Notices
notice-listing-approved-title = 商品已上架
notice-listing-approved-text = “{ $title }”已通过审核，买家现在可以看到。
notice-listing-rejected-title = 商品未通过审核
notice-listing-rejected-text = “{ $title }”未通过审核。原因：{ $reason }
notice-deposit-credited-title = 充值到账
notice-deposit-credited-text = { $amount } 元已存入您的钱包。
notice-deposit-failed-title = 充值失败
notice-deposit-failed-text = 您的 { $amount } 元充值未完成付款，未入账，可重新发起。
notice-deposit-reversed-title = 充值已被银行撤回
notice-deposit-reversed-text = 您的 { $amount } 元充值已被银行撤回，并已从您的钱包扣除；不足部分将记为对平台的欠款。
notice-order-paid-title = 已售出，请尽快交付
notice-order-paid-text = “{ $title }”以 { $price } 元售出，款项已由平台托管。请在承诺时间内交付账号。
notice-order-placed-title = 下单成功
notice-order-placed-text = 您以 { $price } 元购买了“{ $title }”，款项将托管至您确认收货。
notice-order-delivered-title = 账号已交付
notice-order-delivered-text = 卖家已交付“{ $title }”。请查看账号信息，完成换绑后确认收货。
notice-order-completed-title = 订单已完成
notice-order-completed-text = “{ $title }”的订单已完成。
notice-order-waits-title = 有订单等待您处理
notice-order-waits-text = “{ $title }”的订单正在等您处理，截止时间为 { $due }（UTC）。请打开订单查看。
notice-order-cancelled-title = 订单已取消
notice-order-cancelled-text = { $by ->
        [BLACKLIST] 因交易双方中有一方已不能交易，“{ $title }”的订单已取消，
       *[other] “{ $title }”的订单已取消，
    }{ $price } 元已退还买家。
notice-seller-banned-title = 您订单的卖家已被封禁
notice-seller-banned-text = “{ $title }”的卖家已不能交易，也不会再答复。{ $state ->
        [DELIVERED] 订单继续进行：{ $due }（UTC）之前您可以确认收货或申请退货，卖家的答复时间一到即自动同意退货；若两者皆无，订单将自动完成。
        [RETURN_REQUESTED] 退货继续进行：请在 { $due }（UTC）之前交还账号，卖家的答复时间一到货款即退还给您。
        [RETURN_INSPECTION] 退货继续进行：货款将于 { $due }（UTC）退还给您。
       *[other] 纠纷处理将继续进行，卖家不再参与；每一步我们都会通知您。
    }
notice-buyer-banned-title = 您订单的买家已被封禁
notice-buyer-banned-text = “{ $title }”的买家已不能交易，也不会再答复。{ $state ->
        [DELIVERED] 订单继续进行：将于 { $due }（UTC）自动完成，货款归您。
        [RETURN_REQUESTED] 订单继续进行：退货申请将于 { $due }（UTC）过期，确认收货的时间继续计算，之后订单自动完成。
        [RETURN_INSPECTION] 请在 { $due }（UTC）之前检查交还的账号，然后同意，或附证据拒绝；逾期未答复则货款退还买家。
       *[other] 纠纷处理将继续进行，买家不再参与；每一步我们都会通知您。
    }
notice-proceeds-settled-title = 货款已可用
notice-proceeds-settled-text = “{ $title }”的货款 { $proceeds } 元已转入可用余额。
notice-withdrawal-requested-title = 已申请提现
notice-withdrawal-requested-text = 您的钱包申请提现 { $amount } 元。如非本人操作，请立即修改密码并撤回。
notice-withdrawal-sent-title = 提现处理中
notice-withdrawal-sent-text = 您的 { $amount } 元提现已提交银行。
notice-withdrawal-paid-title = 提现已到账
notice-withdrawal-paid-text = 银行已支付 { $amount } 元。
notice-withdrawal-given-back-title = 提现已退回
notice-withdrawal-given-back-text = { $amount } 元提现未能完成，款项已退回您的钱包。
notice-identity-approved-title = 实名认证已通过
notice-identity-approved-text = 您现在可以充值、购买、出售和提现。
notice-identity-rejected-title = 实名认证未通过
notice-identity-rejected-text = 原因：{ $reason } 您可以重新提交并上传新的照片。
notice-identity-lapsed-title = 实名认证未能及时审核
notice-identity-lapsed-text = 您的实名认证在 30 天内未获审核，照片已销毁。非常抱歉，请重新提交。
notice-signed-in-anew-title = 账户有新的登录
notice-signed-in-anew-text = 有人使用此前未用过的客户端登录了您的账户。如非本人操作，请结束该会话并修改密码。
notice-password-changed-title = 密码已修改
notice-password-changed-text = 您的密码已修改，其他会话均已结束。如非本人操作，请立即通过邮箱重置。
notice-email-changed-title = 邮箱已更换
notice-email-changed-text = 您的账户已绑定新的邮箱，24 小时内的提现将延后处理。
notice-blacklisted-title = 账户已被限制
notice-blacklisted-text = 您的账户现仅可使用充值、提现和系统消息。原因：“{ $reason }”。如有异议，请联系 { $appeals }。
notice-reinstated-title = 账户已恢复
notice-reinstated-text = 您可以重新交易和聊天。
notice-wallet-frozen-title = 钱包已被冻结
notice-wallet-frozen-text = 钱包仍可收款，但暂时不能购买或提现，他人也不能向您购买。尚未发出的提现已退回钱包；冻结原因请在钱包中查看。
notice-wallet-thawed-title = 钱包已解冻
notice-wallet-thawed-text = 您可以重新购买和提现。
notice-debt-opened-title = 您有一笔欠款
notice-debt-opened-text = 您欠款 { $amount } 元。钱包的任何入账将优先用于偿还，还清之前不能购买或提现。欠款来由请在钱包中查看。
notice-debt-claimed-title = 您有一笔应收款
notice-debt-claimed-text = 对方欠您 { $amount } 元，其钱包的任何入账将优先偿还给您。
notice-debt-paid-title = 欠款已偿还一部分
notice-debt-paid-text = 已从您的钱包偿还 { $paid } 元，尚欠 { $remaining } 元。
notice-debt-received-title = 收到一笔还款
notice-debt-received-text = 您收到还款 { $paid } 元，对方尚欠 { $remaining } 元。
notice-debt-forgiven-title = 欠款已免除
notice-debt-forgiven-text = 您 { $amount } 元欠款的剩余部分已被免除。
notice-queue-overdue-title = 有事项等待管理员处理
notice-queue-overdue-text = { $queue ->
    [LISTINGS] 待审核商品
    [VERIFICATIONS] 待审核实名认证
    [WITHDRAWALS] 待审批提现
    [BANK_DIFFERENCES] 待处理银行差异
    [MONEY_DECISIONS] 待第二位管理员决定的资金事项
    [CASES] 待处理纠纷
    [REPORTS] 举报
   *[other] 待处理事项
}超过 24 小时无人领取：{ $count } 项。
notice-announcement-title = { $title_zh }
notice-announcement-text = { $text_zh }
