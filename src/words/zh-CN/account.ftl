### Accounts
error-fresh-proof-required = 请先用密码或双重验证确认是您本人。
error-proof-wrong = 验证失败。
error-tries-too-many = 尝试次数过多，请在 { $seconds } 秒后再试。
error-identity-name = 姓名须为 2 至 40 个汉字或字母，与身份证一致。
error-identity-number = 身份证号码无效，请逐位核对。
error-identity-minor = 须年满 18 周岁。
error-identity-already = 您已完成实名认证。
error-identity-taken = 此人已在其他账户完成实名认证。
error-block-oneself = 不能屏蔽自己。
