-- Offers: a buyer's price for one version of a listing.

-- price is the buyer's, counter_price the seller's answer. due_at: when the present wait lapses; null once ended.
CREATE TABLE offers (
    id uuid PRIMARY KEY,
    listing_id uuid NOT NULL REFERENCES listings (id),
    listing_version bigint NOT NULL,
    title text NOT NULL,
    buyer_id uuid NOT NULL REFERENCES users (id),
    seller_id uuid NOT NULL REFERENCES users (id),
    price bigint NOT NULL CHECK (price > 0),
    note text NOT NULL,
    counter_price bigint,
    counter_note text NOT NULL,
    state text NOT NULL,
    order_id uuid REFERENCES orders (id),
    created_at bigint NOT NULL,
    due_at bigint,
    ended_at bigint
);
CREATE UNIQUE INDEX offers_open_once ON offers (listing_id, buyer_id) WHERE ended_at IS NULL;
CREATE INDEX offers_due ON offers (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX offers_of_buyer ON offers (buyer_id, created_at DESC, id DESC);
CREATE INDEX offers_of_seller ON offers (seller_id, created_at DESC, id DESC);
CREATE INDEX offers_of_buyer_in_state ON offers (buyer_id, state, created_at DESC, id DESC);
CREATE INDEX offers_of_seller_in_state ON offers (seller_id, state, created_at DESC, id DESC);
