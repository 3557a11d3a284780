-- What the platform announces to everybody: one row, which its readers see among their notices. Who has read it has a row of his own.
CREATE TABLE announcements (
    id uuid PRIMARY KEY,
    title_en text NOT NULL,
    text_en text NOT NULL,
    title_zh text NOT NULL,
    text_zh text NOT NULL,
    created_by uuid NOT NULL REFERENCES users (id),
    created_at bigint NOT NULL,
    retracted_by uuid,
    retracted_at bigint
);
CREATE INDEX announcements_by_age ON announcements (created_at, id);

CREATE TABLE announcement_reads (
    user_id uuid NOT NULL REFERENCES users (id),
    announcement_id uuid NOT NULL REFERENCES announcements (id),
    read_at bigint NOT NULL,
    PRIMARY KEY (user_id, announcement_id)
);
CREATE INDEX announcement_reads_of ON announcement_reads (announcement_id);
