### Chat
error-chat-text = 消息最多 2,000 个字符，不得含不可见字符。
error-chat-empty = 请输入内容，或附上商品或订单。
error-chat-oneself = 不能给自己发消息。
error-chat-receiver = 该会话目前无法发送消息。
error-chat-too-fast = 您一分钟内已发送 { $max } 条消息，请 { $seconds } 秒后再试。
error-chat-too-many-new = 您 24 小时内已发起 { $max } 个会话，请 { $minutes } 分钟后再发起新会话。
error-chat-client-id = 该客户端编号已用于另一条消息，请换一个新的。
error-chat-seq = 会话中没有这个序号的消息。
chat-order-placed = 订单已付款，货款由平台保管至买家确认收货。
chat-order-delivered = 卖家已交付账号，请检查无误后再确认收货。
chat-order-completed = 订单已完成。
chat-cancelled-by-buyer = 买家取消了订单，货款已退回。
chat-cancelled-by-seller = 卖家取消了订单，货款已退回。
chat-promise-missed = 卖家未按时交付，订单已取消，货款已退回。
