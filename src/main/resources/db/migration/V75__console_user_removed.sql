-- Whoever is no user any more keeps the row, without password and roles: the audit names people by these names, and a name that was
-- one person's never becomes another's.
alter table console_user add column removed_at timestamptz;
