-- The inbox of a region that fetches its messages: until when it was handed each, and what it said of it.
alter table exchange_sent add column lease_token uuid;
alter table exchange_sent add column lease_until timestamptz;
-- Null until the region has taken it or rejected it, whichever way it came to it.
alter table exchange_sent add column settled_at timestamptz;
-- Why the region rejected it, in one word; null where it took it.
alter table exchange_sent add column rejected text;
create index exchange_sent_waiting on exchange_sent (partner, id) where settled_at is null;
