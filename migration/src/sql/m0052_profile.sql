-- What a user shows of himself beside his nickname.
ALTER TABLE users ADD COLUMN bio text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN avatar_id uuid REFERENCES images (id);

-- Why somebody is blacklisted, for his notice.
ALTER TABLE standing ADD COLUMN blacklist_reason text;
