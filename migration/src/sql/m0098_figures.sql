-- What the figures count over a time.
CREATE INDEX orders_by_placing ON orders (placed_at);
CREATE INDEX orders_by_end ON orders (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX users_by_age ON users (created_at);
CREATE INDEX order_steps_of_returns ON order_steps (at) WHERE kind IN ('RETURN_REQUESTED', 'RETURN_REFUSED', 'REFUNDED', 'SPLIT');
