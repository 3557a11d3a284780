### Errors
error-page = 每页可取 1 至 100 条，且只能使用本列表给出的游标。
error-verification-required = 请先完成实名认证。
