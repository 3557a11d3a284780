-- How often somebody tried to prove that it is he, by what, and from when on he may try again.
CREATE TABLE proof_tries (
    user_id uuid NOT NULL REFERENCES users (id),
    kind text NOT NULL,
    tries bigint NOT NULL,
    since bigint NOT NULL,
    free_at bigint,
    PRIMARY KEY (user_id, kind)
);

-- Spent refresh tokens are forgotten after a time.
CREATE INDEX refresh_tokens_spent ON refresh_tokens (spent_at) WHERE spent_at IS NOT NULL;

-- Of what a key was used with a hash without a secret was kept. Of the numbers of bank cards none stays.
DELETE FROM idempotency_keys WHERE operation = 'payoutAccountAdd';
