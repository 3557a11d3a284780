-- What a game asks of its listings, who looks at a listing, and the orders in which listings are browsed.

-- aliases: a JSON list of other names.
ALTER TABLE games ADD COLUMN aliases text NOT NULL DEFAULT '[]';

-- choices: a JSON list of { key, en, zh }. least and most are of numbers only.
CREATE TABLE game_attributes (
    id uuid PRIMARY KEY,
    game_id uuid NOT NULL REFERENCES games (id),
    key text NOT NULL,
    name_en text NOT NULL,
    name_zh text NOT NULL,
    kind text NOT NULL,
    required boolean NOT NULL,
    unit_en text NOT NULL,
    unit_zh text NOT NULL,
    least integer,
    most integer,
    choices text NOT NULL,
    position integer NOT NULL,
    UNIQUE (game_id, key)
);

-- One of choice, number, flag and words is there, as the attribute's kind says. A many-choice has a row for each choice.
CREATE TABLE listing_attributes (
    listing_id uuid NOT NULL REFERENCES listings (id),
    attribute_id uuid NOT NULL REFERENCES game_attributes (id),
    position integer NOT NULL,
    choice text,
    number integer,
    flag boolean,
    words text,
    PRIMARY KEY (listing_id, attribute_id, position)
);

CREATE INDEX listings_newest_of_server ON listings (server_id, published_at DESC, id DESC) WHERE state = 'ON_SALE';
CREATE INDEX listings_by_price ON listings (price, id) WHERE state = 'ON_SALE';
CREATE INDEX listings_by_price_of_game ON listings (game_id, price, id) WHERE state = 'ON_SALE';
CREATE INDEX listings_by_price_of_server ON listings (server_id, price, id) WHERE state = 'ON_SALE';
