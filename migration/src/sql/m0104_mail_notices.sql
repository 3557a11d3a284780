-- Whether somebody wants his important notices by mail as well.
ALTER TABLE users ADD COLUMN mail_notices boolean NOT NULL DEFAULT true;
