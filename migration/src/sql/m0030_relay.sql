-- The outbox gets numbers. A number is given after the heads of the event's streams were raised, so for each user it follows the order in
-- which his events were committed.
CREATE TABLE outbox_numbered (
    number bigserial PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    event text NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint,
    attempts integer NOT NULL,
    done_at bigint
);
INSERT INTO outbox_numbered (id, event, created_at, due_at, attempts, done_at)
    SELECT id, event, created_at, due_at, attempts, done_at FROM outbox ORDER BY created_at, id;
DROP TABLE outbox;
ALTER TABLE outbox_numbered RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (number) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- Notices that also go out by mail. The text is made when it is sent, in the language its reader has then.
CREATE TABLE notice_mails (
    notice_id uuid PRIMARY KEY,
    due_at bigint,
    attempts integer NOT NULL,
    sent_at bigint
);
CREATE INDEX notice_mails_due ON notice_mails (due_at) WHERE due_at IS NOT NULL;

-- What retention looks for.
CREATE INDEX notices_age ON notices (created_at);
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_expired ON sessions (expires_at);
