### Errors
error-page = 每页可取 1 至 100 条，且只能使用本列表给出的游标。
error-verification-required = 请先完成实名认证。
error-captcha-wrong = 图形验证码错误、已使用或已过期，请重新获取。
error-email = 邮箱地址无效。
error-codes-too-many = 刚刚已发送过验证码，或一小时内已发送五次，请稍后再试。
error-code-wrong = 验证码错误、已使用或已过期。请查看最新邮件或重新获取。
error-username-taken = 该用户名已被使用，请换一个。
error-username = 用户名为 3 至 24 个字母、数字、汉字或下划线，不得混用文字，也不得使用保留词。
error-password = 密码长度为 8 至 128 个字符，且不得为常见密码。
error-credentials-wrong = 用户名或密码错误。
error-sign-in-too-many = 登录失败次数过多，请十五分钟后再试。
error-session-ended = 会话已结束，请重新登录。
