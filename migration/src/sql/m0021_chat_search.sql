-- chat ------------------------------------------------------------------

-- A search looks through the searcher's own conversations for parts of words: the text folded, so that both databases find the same.
DROP TABLE message_terms;
ALTER TABLE messages ADD COLUMN folded text NOT NULL DEFAULT '';
