### 管理员工作
error-not-waiting = 该事项已不在等待处理。
error-announcement-words = 标题须为 2 至 60 个字符，正文须为 2 至 2,000 个字符，中英文均须填写。
error-announcements = 24 小时内最多发布 { $most } 条公告，{ $again } 之后可再发布。
error-figures-time = 结束时间须晚于开始时间，且最长不超过 366 天。
