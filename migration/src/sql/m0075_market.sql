-- Views, favourites, the words by which listings are found, and the orders and filters that came with them.

-- views: how often it was looked at; raised by the worker, never by a reader.
ALTER TABLE listings ADD COLUMN views bigint NOT NULL DEFAULT 0;

-- negotiable: its seller listens to offers.
ALTER TABLE listings ADD COLUMN negotiable boolean NOT NULL DEFAULT true;

-- retired: asked of no new listing any more; those that have it keep it.
ALTER TABLE game_attributes ADD COLUMN retired boolean NOT NULL DEFAULT false;

-- price: the one its owner knows of; a lower one is news to him.
CREATE TABLE favourites (
    user_id uuid NOT NULL REFERENCES users (id),
    listing_id uuid NOT NULL REFERENCES listings (id),
    price bigint NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (user_id, listing_id)
);
CREATE INDEX favourites_newest ON favourites (user_id, created_at DESC, listing_id DESC);
CREATE INDEX favourites_of_listing ON favourites (listing_id);

-- A table of its own, so that a purchase touches none of it. Rows are there while a listing is on sale or reserved.
CREATE TABLE listing_terms (
    term text NOT NULL,
    listing_id uuid NOT NULL REFERENCES listings (id),
    PRIMARY KEY (term, listing_id)
);
CREATE INDEX listing_terms_of_listing ON listing_terms (listing_id);

CREATE INDEX listing_attributes_by_choice ON listing_attributes (attribute_id, choice, listing_id);
CREATE INDEX listing_attributes_by_number ON listing_attributes (attribute_id, number, listing_id);

CREATE INDEX listings_popular ON listings (views DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_popular_of_game ON listings (game_id, views DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_popular_of_server ON listings (server_id, views DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_newest_of_seller ON listings (seller_id, published_at DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_of_seller_by_state ON listings (seller_id, state, created_at DESC, id DESC);
