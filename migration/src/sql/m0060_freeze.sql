-- One row for each reason for which a wallet is frozen; frozen while any is open.
CREATE TABLE wallet_freezes (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    cause text NOT NULL,
    subject_id uuid NOT NULL,
    reason text,
    opened_by uuid NOT NULL,
    opened_at bigint NOT NULL,
    ended_by uuid,
    ended_at bigint
);
CREATE UNIQUE INDEX wallet_freezes_open_once ON wallet_freezes (user_id, cause, subject_id) WHERE ended_at IS NULL;

-- How many of them are open, beside the balance: the statement that takes money out looks at both.
ALTER TABLE ledger_accounts ADD COLUMN frozen integer NOT NULL DEFAULT 0;
