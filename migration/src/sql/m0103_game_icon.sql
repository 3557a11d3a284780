-- The picture by which people know a game.
ALTER TABLE games ADD COLUMN icon_id uuid REFERENCES images (id);
CREATE INDEX games_by_icon ON games (icon_id) WHERE icon_id IS NOT NULL;
