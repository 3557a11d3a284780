### 举报与黑名单
error-blacklist-oneself = 不能对自己作出决定。
error-blacklist-admin = 须先撤销其管理员身份。
error-blacklist-decided = { $by } 已作出相同决定。
error-blacklist-decided-by-operator = 目前已是如此，或已由运营方决定。
error-user-search = 搜索内容为 1 至 { $max } 个字符。
notice-report-answered-title = 您的举报已有结果
notice-report-answered-text = 您举报的内容已审核。{ $outcome ->
        [DISMISSED] 未作处理。
        [WARNED] 已警告被举报人。
        [CONTENT_REMOVED] 相关内容已移除。
       *[other] 已封禁被举报人。
    }审核意见：“{ $reason }”。除平台外，无人知道举报人是您。
notice-report-dismissed-title = 对您的一项举报已审核
notice-report-dismissed-text = 有人举报了您、您的商品或您的消息。经审核，不作处理。
notice-warned-title = 您受到一次警告
notice-warned-text = 您、您的商品或您的消息被举报，管理员向您发出警告：“{ $reason }”。如再次发生，您的账户可能被限制。
notice-message-removed-title = 您的一条消息已被移除
notice-message-removed-text = 您发送的一条消息因被举报而移除。原因：“{ $reason }”。
error-report-subject = 请选择一个举报对象：用户、商品或消息。
error-report-oneself = 不能举报自己或自己的内容。
error-report-already = 您已举报过此内容，尚在处理中，结果将通知您。
error-reports-too-many = 每天最多举报 { $max } 次，{ $minutes } 分钟后可再次举报。
error-report-text = 说明为 2 至 2,000 个字符，不得含不可见字符。
error-report-images = 每次举报最多附 { $max } 张图片。
error-report-own = 该举报涉及您本人或由您提出，须由其他管理员处理。
error-report-claimed = { $by } 正在处理该举报。
error-report-decided = { $by } 已对该举报作出决定。
error-report-nothing-to-remove = 无法移除用户本身，请警告、封禁或驳回举报。
