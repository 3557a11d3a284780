-- How many listings say yes to a question of their game, and how many say no, is counted for the facets.
CREATE INDEX listing_attributes_by_flag ON listing_attributes (attribute_id, flag, listing_id) WHERE flag IS NOT NULL;
