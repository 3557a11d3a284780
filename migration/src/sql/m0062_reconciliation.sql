-- The bank's own book, copied by its listing, to be compared with ours each day.
CREATE TABLE bank_book (
    subject_id uuid PRIMARY KEY,
    kind text NOT NULL,
    reference text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    number bigint NOT NULL
);

-- One row: when both books are compared next, and how far the bank's listing was read.
CREATE TABLE bank_reconciliation (
    id integer PRIMARY KEY,
    due_at bigint NOT NULL,
    last_number bigint NOT NULL,
    done_at bigint,
    compared bigint NOT NULL,
    found bigint NOT NULL
);
INSERT INTO bank_reconciliation (id, due_at, last_number, done_at, compared, found) VALUES (1, 0, 0, NULL, 0, 0);

-- What does not fit, for an admin to look at.
CREATE TABLE bank_differences (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    webhook_id text NOT NULL,
    ours text,
    our_amount bigint,
    theirs text,
    their_amount bigint,
    found_at bigint NOT NULL,
    claimed_by uuid,
    claimed_at bigint,
    resolved_by uuid,
    resolved_at bigint,
    resolution text
);
CREATE UNIQUE INDEX bank_differences_open_once ON bank_differences (kind, subject_id, webhook_id) WHERE resolved_at IS NULL;
CREATE INDEX bank_differences_by_age ON bank_differences (found_at, id);
INSERT INTO bank_differences (id, kind, subject_id, webhook_id, theirs, their_amount, found_at)
    SELECT e.subject_id, 'WEBHOOK', e.subject_id, MIN(e.id), MIN(e.kind), MIN(e.amount), MIN(e.at) FROM bank_events e
    WHERE e.outcome = 'QUARANTINED' GROUP BY e.subject_id;
