### What admins work with
error-not-waiting = It does not wait for a decision any more.
error-announcement-words = A heading has 2 to 60 characters, a text 2 to 2,000, in both languages.
error-announcements = No more than { $most } announcements are made in 24 hours. Again from { $again }.
error-figures-time = A time ends after it begins, and has at most 366 days.
