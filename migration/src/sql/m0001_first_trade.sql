-- Ids are version-7 UUIDs, times milliseconds since 1970 UTC, amounts fen.

-- account ---------------------------------------------------------------

CREATE TABLE users (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    username_key text NOT NULL UNIQUE,
    nickname text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    locale text NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE standing (
    user_id uuid PRIMARY KEY REFERENCES users (id),
    role text NOT NULL,
    blacklisted boolean NOT NULL,
    verified boolean NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    client text NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX sessions_of_user ON sessions (user_id, created_at);

CREATE TABLE refresh_tokens (
    hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id),
    created_at bigint NOT NULL,
    spent_at bigint
);
CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);

CREATE TABLE identities (
    user_id uuid PRIMARY KEY REFERENCES users (id),
    state text NOT NULL,
    name_sealed bytea NOT NULL,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL,
    reason text,
    submitted_at bigint NOT NULL,
    decided_at bigint
);
CREATE UNIQUE INDEX identities_approved_once ON identities (number_index) WHERE state = 'APPROVED';

-- media -----------------------------------------------------------------

CREATE TABLE images (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL REFERENCES users (id),
    purpose text NOT NULL,
    file_key text NOT NULL UNIQUE,
    mime text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    bytes bigint NOT NULL,
    created_at bigint NOT NULL,
    attached_at bigint
);
CREATE INDEX images_unattached ON images (created_at) WHERE attached_at IS NULL;
CREATE INDEX images_of_owner ON images (owner_id, created_at);

-- market ----------------------------------------------------------------

CREATE TABLE games (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name_en text NOT NULL,
    name_zh text NOT NULL,
    fee_basis_points integer NOT NULL,
    enabled boolean NOT NULL,
    position integer NOT NULL
);

CREATE TABLE game_servers (
    id uuid PRIMARY KEY,
    game_id uuid NOT NULL REFERENCES games (id),
    name_en text NOT NULL,
    name_zh text NOT NULL,
    position integer NOT NULL
);
CREATE INDEX game_servers_of_game ON game_servers (game_id, position);

CREATE TABLE listings (
    id uuid PRIMARY KEY,
    seller_id uuid NOT NULL REFERENCES users (id),
    game_id uuid NOT NULL REFERENCES games (id),
    server_id uuid NOT NULL REFERENCES game_servers (id),
    title text NOT NULL,
    description text NOT NULL,
    price bigint NOT NULL CHECK (price > 0),
    delivery_hours integer NOT NULL,
    warranty_days integer NOT NULL,
    cover_id uuid NOT NULL REFERENCES images (id),
    state text NOT NULL,
    version bigint NOT NULL,
    reject_reason text,
    order_id uuid,
    created_at bigint NOT NULL,
    submitted_at bigint NOT NULL,
    published_at bigint
);
CREATE INDEX listings_newest ON listings (published_at DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_newest_of_game ON listings (game_id, published_at DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_in_review ON listings (submitted_at, id) WHERE state = 'IN_REVIEW';
CREATE INDEX listings_of_seller ON listings (seller_id, created_at DESC, id DESC);

CREATE TABLE listing_images (
    listing_id uuid NOT NULL REFERENCES listings (id),
    position integer NOT NULL,
    image_id uuid NOT NULL UNIQUE REFERENCES images (id),
    PRIMARY KEY (listing_id, position)
);

-- wallet ----------------------------------------------------------------

-- balance and seq of platform accounts stay 0: their balance is the sum of their entries.
CREATE TABLE ledger_accounts (
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    balance bigint NOT NULL CHECK (balance >= 0),
    seq bigint NOT NULL,
    PRIMARY KEY (owner_id, kind)
);

CREATE TABLE ledger_transfers (
    id uuid PRIMARY KEY,
    cause text NOT NULL,
    cause_id uuid NOT NULL,
    at bigint NOT NULL
);
CREATE UNIQUE INDEX ledger_transfers_cause_once ON ledger_transfers (cause, cause_id);

CREATE TABLE ledger_entries (
    transfer_id uuid NOT NULL REFERENCES ledger_transfers (id),
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount <> 0),
    seq bigint,
    balance bigint,
    PRIMARY KEY (transfer_id, owner_id, kind)
);
CREATE UNIQUE INDEX ledger_entries_of_account ON ledger_entries (owner_id, kind, seq);

CREATE TABLE deposits (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    amount bigint NOT NULL CHECK (amount > 0),
    state text NOT NULL,
    reference text,
    checkout_url text,
    created_at bigint NOT NULL,
    lapses_at bigint NOT NULL,
    ask_at bigint,
    asks integer NOT NULL,
    decided_at bigint
);
CREATE INDEX deposits_of_user ON deposits (user_id, created_at DESC, id DESC);
CREATE INDEX deposits_to_ask ON deposits (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX deposits_to_lapse ON deposits (lapses_at) WHERE state = 'OPEN';

CREATE TABLE payout_accounts (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    holder_sealed bytea NOT NULL,
    number_sealed bytea NOT NULL,
    number_index bytea NOT NULL,
    last_four text NOT NULL,
    created_at bigint NOT NULL,
    removed_at bigint
);
CREATE UNIQUE INDEX payout_accounts_once ON payout_accounts (user_id, number_index) WHERE removed_at IS NULL;

CREATE TABLE withdrawals (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    payout_account_id uuid NOT NULL REFERENCES payout_accounts (id),
    amount bigint NOT NULL CHECK (amount > 0),
    state text NOT NULL,
    reason text,
    created_at bigint NOT NULL,
    approved_at bigint,
    sent_at bigint,
    ended_at bigint,
    due_at bigint,
    asks integer NOT NULL
);
CREATE INDEX withdrawals_of_user ON withdrawals (user_id, created_at DESC, id DESC);
CREATE INDEX withdrawals_due ON withdrawals (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE bank_events (
    id text PRIMARY KEY,
    subject_id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    outcome text NOT NULL,
    at bigint NOT NULL
);

-- order -----------------------------------------------------------------

-- what the buyer bought stays as it was: title to warranty_days are the listing's at that version.
CREATE TABLE orders (
    id uuid PRIMARY KEY,
    listing_id uuid NOT NULL REFERENCES listings (id),
    listing_version bigint NOT NULL,
    buyer_id uuid NOT NULL REFERENCES users (id),
    seller_id uuid NOT NULL REFERENCES users (id),
    game_id uuid NOT NULL REFERENCES games (id),
    server_id uuid NOT NULL REFERENCES game_servers (id),
    title text NOT NULL,
    description text NOT NULL,
    cover_id uuid NOT NULL REFERENCES images (id),
    delivery_hours integer NOT NULL,
    warranty_days integer NOT NULL,
    price bigint NOT NULL CHECK (price > 0),
    fee bigint NOT NULL CHECK (fee >= 0),
    state text NOT NULL,
    cancelled_by text,
    placed_at bigint NOT NULL,
    delivered_at bigint,
    revealed_at bigint,
    ended_at bigint,
    due_at bigint,
    settles_at bigint
);
CREATE UNIQUE INDEX orders_running_once ON orders (listing_id) WHERE ended_at IS NULL;
CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX orders_to_settle ON orders (settles_at) WHERE settles_at IS NOT NULL;
CREATE INDEX orders_of_buyer ON orders (buyer_id, placed_at DESC, id DESC);
CREATE INDEX orders_of_seller ON orders (seller_id, placed_at DESC, id DESC);

CREATE TABLE order_keys (
    order_id uuid PRIMARY KEY REFERENCES orders (id),
    wrapped bytea,
    destroyed_at bigint
);

CREATE TABLE credentials (
    order_id uuid NOT NULL REFERENCES orders (id),
    version integer NOT NULL,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (order_id, version)
);

-- chat ------------------------------------------------------------------

CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    low_id uuid NOT NULL REFERENCES users (id),
    high_id uuid NOT NULL REFERENCES users (id),
    started_by uuid NOT NULL REFERENCES users (id),
    created_at bigint NOT NULL,
    last_seq bigint NOT NULL,
    last_at bigint NOT NULL,
    low_read_seq bigint NOT NULL,
    high_read_seq bigint NOT NULL,
    UNIQUE (low_id, high_id)
);
CREATE INDEX conversations_of_low ON conversations (low_id, last_at DESC, id DESC);
CREATE INDEX conversations_of_high ON conversations (high_id, last_at DESC, id DESC);
CREATE INDEX conversations_started ON conversations (started_by, created_at);

CREATE TABLE messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations (id),
    seq bigint NOT NULL,
    sender_id uuid NOT NULL REFERENCES users (id),
    client_id uuid NOT NULL,
    body text NOT NULL,
    listing_id uuid REFERENCES listings (id),
    order_id uuid REFERENCES orders (id),
    created_at bigint NOT NULL,
    UNIQUE (conversation_id, seq),
    UNIQUE (sender_id, client_id)
);
CREATE INDEX messages_of_sender ON messages (sender_id, created_at);

-- notification ----------------------------------------------------------

CREATE TABLE notices (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    event_id uuid NOT NULL,
    kind text NOT NULL,
    params text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    created_at bigint NOT NULL,
    read_at bigint,
    UNIQUE (event_id, user_id, kind)
);
CREATE INDEX notices_of_user ON notices (user_id, created_at DESC, id DESC);
CREATE INDEX notices_unread ON notices (user_id) WHERE read_at IS NULL;

-- kernel ----------------------------------------------------------------

CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL,
    operation text NOT NULL,
    key uuid NOT NULL,
    input_hash bytea NOT NULL,
    result_id uuid NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (user_id, operation, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    event text NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint,
    attempts integer NOT NULL,
    done_at bigint
);
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE event_heads (
    stream text PRIMARY KEY,
    seq bigint NOT NULL
);

CREATE TABLE events (
    stream text NOT NULL,
    seq bigint NOT NULL,
    event text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (stream, seq)
);
CREATE INDEX events_age ON events (at);

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    actor_id uuid NOT NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    detail text NOT NULL,
    at bigint NOT NULL
);
CREATE INDEX audit_of_subject ON audit (subject_id, at);

CREATE TABLE meta (
    name text PRIMARY KEY,
    value text NOT NULL
);
