-- Strikes: what a trader did that trade suffers from. One a user and order.

CREATE TABLE strikes (
    order_id uuid NOT NULL REFERENCES orders (id),
    user_id uuid NOT NULL REFERENCES users (id),
    kind text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (order_id, user_id)
);
CREATE INDEX strikes_of_user ON strikes (user_id, at);
