-- Returns: asked for once an order, handed back under seal, agreed to or refused with evidence.

-- confirm_left: milliseconds of the buyer's time to confirm that were left when he asked for the return.
ALTER TABLE orders ADD COLUMN return_requested_at bigint;
ALTER TABLE orders ADD COLUMN return_reason text;
ALTER TABLE orders ADD COLUMN confirm_left bigint;
-- What of the escrow a ruling gave the seller, in whole percent.
ALTER TABLE orders ADD COLUMN seller_share integer;
CREATE INDEX orders_unpaid_of_buyer ON orders (buyer_id) WHERE state = 'AWAITING_PAYMENT';

-- What a buyer gave back. sealed under a key of its own; both are null where he made a statement only.
CREATE TABLE hand_backs (
    order_id uuid PRIMARY KEY REFERENCES orders (id),
    kind text NOT NULL,
    sealed bytea,
    wrapped bytea,
    created_at bigint NOT NULL,
    revealed_at bigint,
    destroy_at bigint,
    destroyed_at bigint
);
CREATE INDEX hand_backs_to_destroy ON hand_backs (destroy_at) WHERE destroy_at IS NOT NULL;

-- The hash of an image as it is stored, taken when it is uploaded.
ALTER TABLE images ADD COLUMN sha256 bytea;

-- What a party says to prove something. Append-only: digest is over the text and the hashes of the images.
CREATE TABLE evidence (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL REFERENCES orders (id),
    author_id uuid NOT NULL REFERENCES users (id),
    body text NOT NULL,
    digest bytea NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX evidence_of_order ON evidence (order_id, created_at);

CREATE TABLE evidence_images (
    evidence_id uuid NOT NULL REFERENCES evidence (id),
    position integer NOT NULL,
    image_id uuid NOT NULL UNIQUE REFERENCES images (id),
    PRIMARY KEY (evidence_id, position)
);
