-- One more reason to stop: files with which no test system has passed. It stands beside an operator's stop, which it neither takes nor ends.
alter table pause drop constraint pause_reason_check;
alter table pause add constraint pause_reason_check
    check (reason in ('circuit', 'hours', 'operator', 'certificate', 'untried'));
-- Digest of the files for which the hub holds a department; null where they can't be read, and for all other reasons.
alter table pause add column files text;
update pause set reason = 'untried' where reason = 'operator' and paused_by = 'hub';

-- For which files an operator has let a department go all the same: no start holds it for these again.
create table untried_resumed (
    partner    text        not null,
    files      text        not null,
    resumed_by text        not null,
    reason     text        not null,
    at         timestamptz not null default now(),
    primary key (partner, files)
);
