-- Reconciliation: what partners count of what they were sent, beside what the hub has on record.

-- One report a partner and day. It covers what was sent from from_at to until; the next one begins there.
create table reconciliation (
    partner     text        not null,
    day         date        not null,
    state       text        not null default 'due' check (state in ('due', 'done')),
    from_at     timestamptz not null,
    until       timestamptz not null,
    tries       int         not null default 0,
    next_at     timestamptz not null default now(),
    -- Why it is not done yet, or null.
    waits       text,
    sent        int         not null default 0,
    accepted    int         not null default 0,
    finished    int         not null default 0,
    missing     int         not null default 0,
    doubled     int         not null default 0,
    late        int         not null default 0,
    unrecorded  int         not null default 0,
    -- Lines that the partner gave, and the digest of what it said as it was received.
    lines       bigint      not null default 0,
    digest      bytea,
    ended_at    timestamptz,
    -- Who works on it now. The epoch rises with each new worker; every write checks it under this row's lock.
    owner       uuid,
    epoch       bigint      not null default 0,
    lease_until timestamptz,
    primary key (partner, day)
);
create index reconciliation_due on reconciliation (next_at) where state = 'due';
create index reconciliation_day on reconciliation (day);

-- One effect that a partner says a message had there; two of one message are a double. Kept for as long as a repetition
-- may come late, then forgotten.
create table reconciliation_line (
    partner    text        not null,
    message_id text        not null,
    reference  text        not null,
    case_no    text,
    at         timestamptz,
    finished   boolean     not null,
    day        date        not null,
    primary key (partner, message_id, reference)
);
create index reconciliation_line_day on reconciliation_line (partner, day, message_id);

-- What does not agree, named by its id.
create table reconciliation_finding (
    partner      text        not null,
    day          date        not null,
    kind         text        not null check (kind in ('lost', 'doubled', 'late', 'unrecorded')),
    message_id   text        not null,
    delivery_id  uuid,
    case_no      text,
    detail       text        not null,
    found_at     timestamptz not null default now(),
    requested_at timestamptz,
    requested_by text,
    healed_at    timestamptz,
    primary key (partner, day, kind, message_id)
);
create index reconciliation_finding_open on reconciliation_finding (partner) where healed_at is null;

-- What a partner has worked, in the order in which it was settled.
create index delivery_worked on delivery (receiver, settled_at, id)
    where queue = 'application' and state in ('delivered', 'refused');

-- The partner said that it does not have what it had taken: it is sent once more, and nothing that is left there of the
-- first time may keep it from being worked.
alter table delivery add column again boolean not null default false;
