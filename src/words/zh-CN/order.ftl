### 订单
error-listing-not-available = 该商品已无法购买。
error-price-changed = 您查看之后，价格或内容已有变化。请重新查看后再购买。
error-own-order = 不能购买自己或同一实名用户出售的商品。
error-insufficient-funds = 钱包余额不足，请先充值。
error-order-state = 订单状态已变化：此操作已不可行，或尚不可行。
error-credentials-field = 登录名和密码为单行 1 至 200 个字符，联系方式最多 500 个字符，备注最多 2000 个字符，不得含不可见字符。
error-credentials-not-now = 没有可查看的内容：卖家尚未交付，或已超过完成后的 30 天。
error-credentials-version = 没有这个版本。
error-open-steps = 交接清单还有 { $open } 项未完成。请先完成，或在了解后果后以 acknowledgeOpenSteps 确认。
error-no-such-step = 交接清单中没有这一项。
error-tick-not-now = 账号交付之后才能勾选。
error-penalties = 处罚说明最多 500 个字符，不得含不可见字符。
error-bindings = 请填写该游戏交接清单中的项目，每项一次。
error-nodes = 一次最多查询 { $most } 个 ID。
