-- What an operator has changed of a partner's limits for a time: one row a partner, of which every process of the hub reads all each second.
-- What is null, and a partner without a row that still counts, stands as its partner.yaml says.
create table partner_limit (
    partner      text        primary key,
    per_second   int         check (per_second > 0),
    parallel     int         check (parallel > 0),
    open_all_day boolean     not null default false,
    -- Closed in between, whatever its hours say.
    closed_from  timestamptz,
    closed_to    timestamptz,
    until        timestamptz not null,
    set_by       text        not null,
    reason       text        not null,
    since        timestamptz not null default clock_timestamp(),
    check ((closed_from is null) = (closed_to is null)),
    check (closed_from is null or closed_from < closed_to and not open_all_day)
);
