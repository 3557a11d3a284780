-- Every queue of the admins has claims alike.
ALTER TABLE withdrawals ADD COLUMN claimed_by uuid;
ALTER TABLE withdrawals ADD COLUMN claimed_at bigint;
ALTER TABLE money_decisions ADD COLUMN claimed_by uuid;
ALTER TABLE money_decisions ADD COLUMN claimed_at bigint;
CREATE INDEX money_decisions_waiting ON money_decisions (proposed_at, id) WHERE state = 'OPEN';
CREATE INDEX bank_differences_open ON bank_differences (found_at, id) WHERE resolved_at IS NULL;

-- Of what admins were told that it waits too long; since is when it came into the queue.
CREATE TABLE queue_alarms (
    queue text NOT NULL,
    subject_id uuid NOT NULL,
    since bigint NOT NULL,
    told_at bigint NOT NULL,
    PRIMARY KEY (queue, subject_id, since)
);
CREATE INDEX queue_alarms_age ON queue_alarms (told_at);
