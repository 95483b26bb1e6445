-- Of two statuses of one second the one that was received later is newer, or whose call began later: by a time, since the ids of
-- answers are made by the clocks of several processes, and that of a reply only after it came.
alter table lane add column said_by timestamptz, drop column said_in;
