-- Reviews: what each party of a completed order says of the other, shown when both have written or after seven days.

CREATE TABLE reviews (
    order_id uuid NOT NULL REFERENCES orders (id),
    author_id uuid NOT NULL REFERENCES users (id),
    subject_id uuid NOT NULL REFERENCES users (id),
    -- Whether the subject is reviewed as a seller.
    as_seller boolean NOT NULL,
    stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body text NOT NULL,
    created_at bigint NOT NULL,
    shown_at bigint NOT NULL,
    PRIMARY KEY (order_id, author_id)
);
CREATE INDEX reviews_of_subject ON reviews (subject_id, shown_at DESC, order_id DESC);

-- What a seller did in the last days.
CREATE INDEX orders_ended_of_seller ON orders (seller_id, ended_at) WHERE ended_at IS NOT NULL;
