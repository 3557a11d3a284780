### Faces
face-banned = Banned user
