-- chat ------------------------------------------------------------------

-- No version before this one wrote messages. A line is a member's (sender_id, client_id) or the platform's (event_id, step), never both.
DROP TABLE messages;
CREATE TABLE messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations (id),
    seq bigint NOT NULL,
    sender_id uuid REFERENCES users (id),
    client_id uuid,
    event_id uuid UNIQUE,
    step text,
    body text NOT NULL,
    listing_id uuid REFERENCES listings (id),
    order_id uuid REFERENCES orders (id),
    created_at bigint NOT NULL,
    recalled_at bigint,
    UNIQUE (conversation_id, seq),
    UNIQUE (sender_id, client_id),
    CHECK ((sender_id IS NULL) = (client_id IS NULL)),
    CHECK ((sender_id IS NULL) = (event_id IS NOT NULL)),
    CHECK ((sender_id IS NULL) = (step IS NOT NULL))
);
CREATE INDEX messages_of_sender ON messages (sender_id, created_at);

CREATE TABLE message_images (
    message_id uuid NOT NULL REFERENCES messages (id),
    position integer NOT NULL,
    image_id uuid NOT NULL UNIQUE REFERENCES images (id),
    PRIMARY KEY (message_id, position)
);

-- The words of each message, cut by the application, so that both databases find the same.
CREATE TABLE message_terms (
    conversation_id uuid NOT NULL REFERENCES conversations (id),
    term text NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (conversation_id, term, seq)
);

-- One row for each message in which contact details or a listed word were seen.
CREATE TABLE message_flags (
    message_id uuid PRIMARY KEY REFERENCES messages (id),
    sender_id uuid NOT NULL REFERENCES users (id),
    kind text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX message_flags_of_sender ON message_flags (sender_id, created_at);
