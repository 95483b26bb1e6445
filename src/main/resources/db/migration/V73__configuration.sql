-- What people write for the hub (the files of routes/ and mappings/), each version whole, so that any can come back.
create table configuration_text (
    digest  text  primary key,
    content bytea not null
);
create table configuration_file (
    version text not null,
    path    text not null,
    digest  text not null references configuration_text,
    primary key (version, path)
);

-- Which version came into force when; that of the highest number is in force, and every process comes to go by it.
create table configuration_swap (
    seq     bigint      primary key,
    version text        not null,
    before  text,
    -- By the files that were found at a start, by a person, or back to a version that was kept.
    kind    text        not null check (kind in ('start', 'swap', 'rollback')),
    at      timestamptz not null default now(),
    author  text        not null,
    reason  text        not null
);

-- By which version each process goes, as it says itself every few seconds; one that ends in order takes its row with it.
create table configuration_follower (
    process uuid        primary key,
    place   text        not null,
    seq     bigint      not null,
    version text        not null,
    -- Why it does not go by the version in force.
    fault   text,
    at      timestamptz not null
);

-- One more that is wrong for too long: a process that does not go by what is in force.
alter table incident drop constraint incident_kind_check;
alter table incident add constraint incident_kind_check check (kind in ('circuit', 'certificate', 'disk', 'clock', 'limit', 'parked',
    'answer', 'overdue', 'dead', 'errors', 'backlog', 'silence', 'expiry', 'process', 'configuration'));
