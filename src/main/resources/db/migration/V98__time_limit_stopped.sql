-- Limits whose clock stands, for when the holidays of a year become known.
create index time_limit_stopped on time_limit (due_on) where ended_on is null and stopped_on is not null;
