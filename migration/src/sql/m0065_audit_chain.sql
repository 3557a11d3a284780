-- The audit log's chain: number and link are written a moment after the row, in the order in which rows became visible.
ALTER TABLE audit ADD COLUMN seq bigint;
ALTER TABLE audit ADD COLUMN chain bytea;
CREATE UNIQUE INDEX audit_by_seq ON audit (seq);
CREATE INDEX audit_unchained ON audit (at, id) WHERE seq IS NULL;
CREATE INDEX audit_of_actor ON audit (actor_id, at);
