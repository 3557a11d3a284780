-- Mails about an account, written in the transaction that they tell of. The words are made when it is sent.
CREATE TABLE letters (
    id uuid PRIMARY KEY,
    address text NOT NULL,
    locale text NOT NULL,
    name text NOT NULL,
    arguments text NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint,
    attempts integer NOT NULL,
    sent_at bigint
);
CREATE INDEX letters_due ON letters (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX letters_age ON letters (created_at);
