-- When a freeze by hand ends by itself. A case's freeze has the case's own timers.
ALTER TABLE wallet_freezes ADD COLUMN due_at bigint;
CREATE INDEX wallet_freezes_by_hand ON wallet_freezes (opened_at, id) WHERE cause = 'ADMIN' AND ended_at IS NULL;
UPDATE wallet_freezes SET due_at = opened_at + 1209600000 WHERE cause = 'ADMIN' AND ended_at IS NULL;
