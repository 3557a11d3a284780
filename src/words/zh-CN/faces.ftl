### Faces
face-banned = 已封禁用户
