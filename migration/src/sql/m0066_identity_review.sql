-- A real name that an admin decides by two photographs. card_id and person_id are null once the photographs are destroyed.
ALTER TABLE identities ADD COLUMN card_id uuid REFERENCES images (id);
ALTER TABLE identities ADD COLUMN person_id uuid REFERENCES images (id);
ALTER TABLE identities ADD COLUMN claimed_by uuid;
ALTER TABLE identities ADD COLUMN claimed_at bigint;
ALTER TABLE identities ADD COLUMN decided_by uuid;
-- When an undecided one is given up.
ALTER TABLE identities ADD COLUMN lapses_at bigint;
CREATE INDEX identities_waiting ON identities (submitted_at, user_id) WHERE state = 'PENDING';
CREATE INDEX identities_to_lapse ON identities (lapses_at) WHERE lapses_at IS NOT NULL;
CREATE INDEX identities_of_number ON identities (number_index);

-- The keys of images whose files lie sealed. Without its key a file is unreadable for good.
CREATE TABLE image_keys (
    image_id uuid PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    wrapped bytea NOT NULL
);
