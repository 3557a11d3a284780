-- What admins look for in the audit log: by time, and by what was done. By who did it and to what there are indexes already.
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_of_action ON audit (action, at, id);
