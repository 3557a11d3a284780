-- What a hand-over needs: a history, reminders, the listing as bought, what the game asks of a new owner.

-- games.checklist and orders.checklist: a JSON list of { key, en, zh }.
ALTER TABLE games ADD COLUMN checklist text NOT NULL DEFAULT '[]';

-- bindings: a JSON list of keys of the game's checklist.
ALTER TABLE listings ADD COLUMN bindings text NOT NULL DEFAULT '[]';
ALTER TABLE listings ADD COLUMN penalties text NOT NULL DEFAULT '';
ALTER TABLE listings ADD COLUMN claimed_by uuid;
ALTER TABLE listings ADD COLUMN claimed_at bigint;

ALTER TABLE orders ADD COLUMN image_ids text NOT NULL DEFAULT '[]';
ALTER TABLE orders ADD COLUMN bindings text NOT NULL DEFAULT '[]';
ALTER TABLE orders ADD COLUMN penalties text NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN attributes text NOT NULL DEFAULT '[]';
ALTER TABLE orders ADD COLUMN checklist text NOT NULL DEFAULT '[]';
ALTER TABLE orders ADD COLUMN wait_began_at bigint;
ALTER TABLE orders ADD COLUMN remind_at bigint;
CREATE INDEX orders_to_remind ON orders (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX orders_of_buyer_in_state ON orders (buyer_id, state, placed_at DESC, id DESC);
CREATE INDEX orders_of_seller_in_state ON orders (seller_id, state, placed_at DESC, id DESC);

-- actor_id is null where the platform acted.
CREATE TABLE order_steps (
    order_id uuid NOT NULL REFERENCES orders (id),
    seq integer NOT NULL,
    kind text NOT NULL,
    actor_id uuid,
    at bigint NOT NULL,
    PRIMARY KEY (order_id, seq)
);

CREATE TABLE order_ticks (
    order_id uuid NOT NULL REFERENCES orders (id),
    item text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (order_id, item)
);

-- When the key is destroyed by itself; null: not yet known, or done.
ALTER TABLE order_keys ADD COLUMN destroy_at bigint;
CREATE INDEX order_keys_to_destroy ON order_keys (destroy_at) WHERE destroy_at IS NOT NULL;
