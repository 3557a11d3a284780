-- The secret of a user's authenticator. last_step: the newest 30-second step whose code was used; its code and older ones are spent.
CREATE TABLE second_factors (
    user_id uuid PRIMARY KEY REFERENCES users (id),
    secret_sealed bytea NOT NULL,
    begun_at bigint NOT NULL,
    confirmed_at bigint,
    last_step bigint NOT NULL
);

-- What signs in without the authenticator, each once. Only keyed fingerprints are kept.
CREATE TABLE recovery_codes (
    hash bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    spent_at bigint
);
CREATE INDEX recovery_codes_of_user ON recovery_codes (user_id);
