-- Cases about orders: a sold account that its seller took back (RECOVERY), and a return that was refused (RETURN). One row a case of either kind.
CREATE TABLE cases (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    order_id uuid NOT NULL REFERENCES orders (id),
    buyer_id uuid NOT NULL REFERENCES users (id),
    seller_id uuid NOT NULL REFERENCES users (id),
    -- What the buyer paid, and so what it is about.
    amount bigint NOT NULL CHECK (amount > 0),
    state text NOT NULL,
    opened_at bigint NOT NULL,
    -- When the next timer of the case runs out.
    due_at bigint,
    closed_at bigint,
    -- The admin who looks at it, and since when.
    claimed_by uuid REFERENCES users (id),
    claimed_at bigint,
    -- When a side said that it has nothing to add.
    buyer_done_at bigint,
    seller_done_at bigint,
    -- How it ended, by whom and why.
    ruled_by uuid REFERENCES users (id),
    reason text,
    -- A recovery: the seller's answer, the freeze of his wallet and what is held of it.
    answer_due_at bigint,
    answered_at bigint,
    freeze_stage text,
    freeze_due_at bigint,
    kept_reason text,
    held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    held_settling bigint NOT NULL DEFAULT 0 CHECK (held_settling >= 0 AND held_settling <= held),
    held_settles_at bigint,
    recovered bigint,
    advanced bigint,
    -- A refused return: the finding, who consented to it, the mediation, and the seller's share in the end.
    refused_at bigint,
    finding text,
    finding_share integer,
    finding_reason text,
    found_by uuid REFERENCES users (id),
    found_at bigint,
    buyer_consented_at bigint,
    seller_consented_at bigint,
    mediation_began_at bigint,
    seller_share integer
);
CREATE UNIQUE INDEX cases_recovery_once ON cases (order_id) WHERE kind = 'RECOVERY' AND state NOT IN ('REJECTED', 'WITHDRAWN');
CREATE UNIQUE INDEX cases_return_once ON cases (order_id) WHERE kind = 'RETURN';
CREATE INDEX cases_of_order ON cases (order_id, opened_at);
CREATE INDEX cases_of_buyer ON cases (buyer_id, opened_at, id);
CREATE INDEX cases_of_seller ON cases (seller_id, opened_at, id);
CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cases_open ON cases (opened_at, id) WHERE closed_at IS NULL;

-- What happened to a case, row by row.
CREATE TABLE case_steps (
    case_id uuid NOT NULL REFERENCES cases (id),
    seq integer NOT NULL,
    kind text NOT NULL,
    actor_id uuid,
    at bigint NOT NULL,
    PRIMARY KEY (case_id, seq)
);

-- Settlements that somebody proposed in a mediation; both parties have to accept the same one.
CREATE TABLE case_proposals (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (id),
    version integer NOT NULL,
    by_id uuid NOT NULL REFERENCES users (id),
    seller_share integer NOT NULL CHECK (seller_share >= 0 AND seller_share <= 100),
    made_at bigint NOT NULL,
    buyer_accepted_at bigint,
    seller_accepted_at bigint,
    ended_at bigint
);
CREATE UNIQUE INDEX case_proposals_version ON case_proposals (case_id, version);
CREATE UNIQUE INDEX case_proposals_open_once ON case_proposals (case_id) WHERE ended_at IS NULL;

-- What buyer, seller and admin write in a mediation.
CREATE TABLE case_messages (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (id),
    author_id uuid NOT NULL REFERENCES users (id),
    body text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX case_messages_of_case ON case_messages (case_id, created_at, id);

-- Rulings above a sum wait here for a second admin. share and advance belong to the ruling; refusal is the second admin's reason.
CREATE TABLE case_rulings (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases (id),
    kind text NOT NULL,
    finding text,
    seller_share integer,
    advance bigint,
    reason text NOT NULL,
    state text NOT NULL,
    ruled_by uuid NOT NULL REFERENCES users (id),
    ruled_at bigint NOT NULL,
    due_at bigint,
    decided_by uuid,
    decided_at bigint,
    refusal text
);
CREATE UNIQUE INDEX case_rulings_open_once ON case_rulings (case_id) WHERE state = 'PENDING';
CREATE INDEX case_rulings_due ON case_rulings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX case_rulings_of_case ON case_rulings (case_id, ruled_at);

-- A completed order whose account the seller took back, by a ruling: it does not count for him any more.
ALTER TABLE orders ADD COLUMN recovered_at bigint;
