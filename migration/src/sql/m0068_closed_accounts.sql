-- When somebody closed his account; he is neither verified nor signed in any more.
ALTER TABLE standing ADD COLUMN closed_at bigint;
