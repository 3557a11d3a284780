### Mails
