-- Deposits that are reversed, withdrawals that an admin (or two) decides, and the indexes of their queues.

-- what a reversal could not take back, in fen
ALTER TABLE deposits ADD COLUMN shortfall bigint NOT NULL DEFAULT 0;
CREATE INDEX deposits_open ON deposits (user_id) WHERE state = 'OPEN';

-- how the money came in shortly before it is to go out again
ALTER TABLE withdrawals ADD COLUMN quick_turn boolean NOT NULL DEFAULT FALSE;
ALTER TABLE withdrawals ADD COLUMN first_approved_by uuid;
ALTER TABLE withdrawals ADD COLUMN first_approved_at bigint;
ALTER TABLE withdrawals ADD COLUMN decided_by uuid;
CREATE INDEX withdrawals_waiting ON withdrawals (created_at, id) WHERE state = 'REQUESTED';
CREATE INDEX withdrawals_open ON withdrawals (user_id) WHERE state IN ('REQUESTED', 'APPROVED', 'SENT');

CREATE INDEX payout_accounts_of_user ON payout_accounts (user_id) WHERE removed_at IS NULL;
CREATE INDEX bank_events_quarantined ON bank_events (at, id) WHERE outcome = 'QUARANTINED';
