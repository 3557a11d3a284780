-- What each of the platform's accounts without a balance came to at the end of a day (UTC) that is over: their sums read the entries since alone.
-- Made out of the entries by the worker; a table that was emptied is filled again.
CREATE TABLE ledger_rollups (
    owner_id uuid NOT NULL,
    kind text NOT NULL,
    day bigint NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (owner_id, kind, day)
);
CREATE INDEX ledger_transfers_by_time ON ledger_transfers (at);
