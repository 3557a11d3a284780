-- Admins look for cases in one state, closed ones as well.
CREATE INDEX cases_by_state ON cases (state, opened_at, id);
