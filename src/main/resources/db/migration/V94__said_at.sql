-- The newest time that a receiver which does not count its messages about a case has given to a status, at most the moment at
-- which the answer was received; and the answer that said so, which decides between two of one second.
alter table lane add column said_at timestamptz, add column said_in uuid;
