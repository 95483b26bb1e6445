-- Of two statuses of one second the one that was received later is newer, or whose call began later: by a time, since the ids of
-- answers are made by the clocks of several processes, and that of a reply only after it came. The version before still writes
-- said_in, which nobody reads from here on.
alter table lane add column said_by timestamptz;
update lane set said_by = said_at, said_at = date_trunc('second', said_at) where said_at is not null;
