-- Reports on users, listings and messages.

-- One row for each thing that was reported and not decided yet; what is said of it once more is another complaint of the same report.
CREATE TABLE reports (
    id uuid PRIMARY KEY,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    -- Whom it is about: the user himself, the seller, the sender.
    user_id uuid NOT NULL REFERENCES users (id),
    opened_at bigint NOT NULL,
    complaints integer NOT NULL,
    claimed_by uuid REFERENCES users (id),
    claimed_at bigint,
    outcome text,
    decided_by uuid REFERENCES users (id),
    decided_at bigint,
    reason text,
    CHECK ((outcome IS NULL) = (decided_at IS NULL)),
    CHECK ((outcome IS NULL) = (decided_by IS NULL))
);
CREATE UNIQUE INDEX reports_open ON reports (subject_kind, subject_id) WHERE decided_at IS NULL;
CREATE INDEX reports_queue ON reports (opened_at, id) WHERE decided_at IS NULL;
CREATE INDEX reports_in_order ON reports (opened_at, id);
CREATE INDEX reports_of_user ON reports (user_id, opened_at);

-- What somebody says of it, or the platform: then an event stands in the place of a reporter, so that the same is said once.
CREATE TABLE complaints (
    id uuid PRIMARY KEY,
    report_id uuid NOT NULL REFERENCES reports (id),
    reporter_id uuid REFERENCES users (id),
    event_id uuid UNIQUE,
    cause text NOT NULL,
    body text NOT NULL,
    digest bytea NOT NULL,
    -- What the platform saw it at: an order, a deposit, a withdrawal.
    about_kind text,
    about_id uuid,
    created_at bigint NOT NULL,
    UNIQUE (report_id, reporter_id),
    CHECK ((reporter_id IS NULL) = (event_id IS NOT NULL))
);
CREATE INDEX complaints_of_report ON complaints (report_id, created_at);
CREATE INDEX complaints_of_reporter ON complaints (reporter_id, created_at);

CREATE TABLE complaint_images (
    complaint_id uuid NOT NULL REFERENCES complaints (id),
    position integer NOT NULL,
    image_id uuid NOT NULL UNIQUE REFERENCES images (id),
    PRIMARY KEY (complaint_id, position)
);

-- A message that an admin took away: its row stays on record and is shown to nobody.
ALTER TABLE messages ADD COLUMN removed_at bigint;

-- A keyed fingerprint of game and login of what was delivered: the same account sold twice is seen without anybody reading a login.
CREATE TABLE account_prints (
    order_id uuid PRIMARY KEY REFERENCES orders (id),
    print bytea NOT NULL,
    at bigint NOT NULL
);
CREATE INDEX account_prints_by_print ON account_prints (print);
