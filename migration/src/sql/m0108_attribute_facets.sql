-- What a listing says of its game, beside what the market sorts and filters by: its price, when it was published and where it is played. All three
-- are there while the listing is on sale and none otherwise, so that one walk along one index finds whatever has made a choice. Triggers keep it so,
-- in a file for each database.

-- Numbers are looked up by their listing, and answers along the new index. That of choices is made anew: to keep three while every row is written
-- takes longer than all the rest.
DROP INDEX listing_attributes_by_number;
DROP INDEX listing_attributes_by_flag;
DROP INDEX listing_attributes_by_choice;

ALTER TABLE listing_attributes ADD COLUMN price bigint;
ALTER TABLE listing_attributes ADD COLUMN published_at bigint;
ALTER TABLE listing_attributes ADD COLUMN server_id uuid;
UPDATE listing_attributes SET price = l.price, published_at = l.published_at, server_id = l.server_id
FROM listings l WHERE l.id = listing_attributes.listing_id AND l.state = 'ON_SALE';

CREATE INDEX listing_attributes_by_choice ON listing_attributes (attribute_id, choice, listing_id);
-- The last columns are walked past without a look at the row itself.
CREATE INDEX listing_attributes_choice_newest ON listing_attributes (attribute_id, choice, published_at, listing_id, price, server_id)
WHERE price IS NOT NULL AND choice IS NOT NULL;
CREATE INDEX listing_attributes_choice_by_price ON listing_attributes (attribute_id, choice, price, listing_id, server_id)
WHERE price IS NOT NULL AND choice IS NOT NULL;
CREATE INDEX listing_attributes_flag_by_price ON listing_attributes (attribute_id, flag, price, listing_id, server_id)
WHERE price IS NOT NULL AND flag IS NOT NULL;
