### Mails
mail-code-subject = 您的 Handover 验证码
mail-code-body = 您的验证码是 { $code }，十分钟内有效。如非本人操作，请忽略本邮件。
mail-known-subject = 您已有 Handover 账户
mail-known-body = 有人尝试用此邮箱注册，但该邮箱已有账户。如果是您本人，请直接登录；如非本人操作，请忽略本邮件。
