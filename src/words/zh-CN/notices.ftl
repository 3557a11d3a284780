### Notices
