-- When the owner of a session last showed by password or second factor that it is he.
ALTER TABLE sessions ADD COLUMN proven_at bigint;

-- Who does not want to hear from whom.
CREATE TABLE blocks (
    blocker_id uuid NOT NULL REFERENCES users (id),
    blocked_id uuid NOT NULL REFERENCES users (id),
    created_at bigint NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX blocks_newest ON blocks (blocker_id, created_at DESC, blocked_id DESC);
