-- What users owe after a case or a reversed deposit. A debt is a claim, not an account; without a creditor it is owed to the platform.
CREATE TABLE debts (
    id uuid PRIMARY KEY,
    debtor_id uuid NOT NULL REFERENCES users (id),
    creditor_id uuid REFERENCES users (id),
    cause text NOT NULL,
    cause_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    remaining bigint NOT NULL CHECK (remaining >= 0 AND remaining <= amount),
    created_at bigint NOT NULL,
    ended_at bigint,
    CHECK (creditor_id IS NULL OR creditor_id <> debtor_id)
);
CREATE UNIQUE INDEX debts_cause_once ON debts (cause, cause_id);
CREATE INDEX debts_open ON debts (debtor_id) WHERE remaining > 0;
CREATE INDEX debts_of_debtor ON debts (debtor_id, created_at, id);
CREATE INDEX debts_of_creditor ON debts (creditor_id, created_at, id);
CREATE INDEX debts_by_age ON debts (created_at, id);

-- What made a debt smaller.
CREATE TABLE debt_changes (
    id uuid PRIMARY KEY,
    debt_id uuid NOT NULL REFERENCES debts (id),
    kind text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    by_id uuid NOT NULL,
    at bigint NOT NULL
);
CREATE INDEX debt_changes_of_debt ON debt_changes (debt_id, at, id);

-- What the owner still owes in all, beside what he has available: the statement that takes money out looks at both.
ALTER TABLE ledger_accounts ADD COLUMN owed bigint NOT NULL DEFAULT 0;
CREATE INDEX ledger_accounts_owing ON ledger_accounts (owner_id) WHERE owed > 0;

-- Decisions of admins about money. Above a sum a second admin has to agree.
CREATE TABLE money_decisions (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    reason text NOT NULL,
    state text NOT NULL,
    proposed_by uuid NOT NULL REFERENCES users (id),
    proposed_at bigint NOT NULL,
    due_at bigint,
    decided_by uuid,
    decided_at bigint,
    refusal text
);
CREATE UNIQUE INDEX money_decisions_open_once ON money_decisions (kind, subject_id) WHERE state = 'OPEN';
CREATE INDEX money_decisions_due ON money_decisions (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX money_decisions_by_age ON money_decisions (proposed_at, id);

-- What reversals could not take back becomes debts; deposits.shortfall stays for older servers and is not read any more.
INSERT INTO debts (id, debtor_id, creditor_id, cause, cause_id, amount, remaining, created_at, ended_at)
    SELECT id, user_id, NULL, 'DEPOSIT_REVERSED', id, shortfall, shortfall, COALESCE(decided_at, created_at), NULL FROM deposits WHERE shortfall > 0;
UPDATE ledger_accounts SET owed = (SELECT COALESCE(SUM(d.remaining), 0) FROM debts d WHERE d.debtor_id = ledger_accounts.owner_id)
    WHERE kind = 'AVAILABLE' AND owner_id IN (SELECT debtor_id FROM debts);
INSERT INTO ledger_transfers (id, cause, cause_id, at) SELECT id, 'DEPOSIT_SHORTFALL', cause_id, created_at FROM debts;
INSERT INTO ledger_entries (transfer_id, kind, owner_id, amount, seq, balance)
    SELECT d.id, 'FEES', n.nil, -d.amount, NULL, NULL FROM debts d, (SELECT owner_id AS nil FROM ledger_entries WHERE kind = 'BANK_CLEARING' LIMIT 1) n;
INSERT INTO ledger_entries (transfer_id, kind, owner_id, amount, seq, balance)
    SELECT d.id, 'BANK_CLEARING', n.nil, d.amount, NULL, NULL FROM debts d, (SELECT owner_id AS nil FROM ledger_entries WHERE kind = 'BANK_CLEARING' LIMIT 1) n;
