-- Since when a whole attachment waits for a message that names it; nothing once one has, and for all that was here before.
alter table attachment add column unnamed_since timestamptz;
create index attachment_unnamed on attachment (unnamed_since) where unnamed_since is not null;
