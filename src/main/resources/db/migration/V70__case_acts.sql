-- What a person wants the sender of a case to be told in the place of a receiver whom the case can't reach. A second person lets it go.
create table answer_request (
    id         uuid        primary key,
    case_no    text        not null,
    -- In whose place.
    receiver   text        not null,
    -- The status of the case, as it stood and as it will.
    stands     text        not null,
    status     text        not null,
    -- Sealed: what the sender is told.
    body       bytea       not null,
    reason     text        not null,
    state      text        not null default 'asked' check (state in ('asked', 'given', 'dropped')),
    made_by    text        not null,
    made_at    timestamptz not null default now(),
    decided_by text,
    decided_at timestamptz,
    message_id uuid,
    check (state <> 'given' or decided_by <> made_by and message_id is not null)
);
-- One answer a case, and one that waits for its second person.
create unique index answer_request_once on answer_request (case_no) where state <> 'dropped';
create index answer_request_of_case on answer_request (case_no, made_at);
create index answer_request_asked on answer_request (made_at) where state = 'asked';

-- Who has looked at as much as one may in an hour and wants to look at more, which a second person allows or not.
create table look_request (
    id         uuid        primary key,
    asked_by   text        not null,
    asked_at   timestamptz not null default now(),
    reason     text        not null,
    state      text        not null default 'asked' check (state in ('asked', 'granted', 'refused')),
    decided_by text,
    decided_at timestamptz,
    check (state <> 'granted' or decided_by <> asked_by)
);
create unique index look_request_once on look_request (asked_by) where state = 'asked';
create index look_request_asked on look_request (asked_at) where state = 'asked';
create index look_request_granted on look_request (asked_by, decided_at) where state = 'granted';
