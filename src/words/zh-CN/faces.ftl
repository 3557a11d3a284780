### Faces
face-banned = 已封禁用户
face-closed = 已注销用户
