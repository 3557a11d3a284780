### Faces
face-closed = Closed account
face-banned = Banned user
