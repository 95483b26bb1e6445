-- Recovery plans: which parked deliveries go out again, frozen when the plan is made, run only after a second person's yes.

-- Whether any attempt of a delivery ended without anybody knowing whether the receiver did its work.
alter table delivery add column outcome_unknown boolean not null default false;

-- Answers that did not settle their delivery; the many that did cost this index nothing.
create index answer_remarked on answer (delivery_id) where note is not null;

create table plan (
    id          uuid        primary key,
    state       text        not null check (state in ('preview', 'running', 'paused', 'aborted', 'done')),
    filter      text        not null,
    per_second  int         not null check (per_second > 0),
    total       int         not null,
    doubles     int         not null,
    sent        int         not null default 0,
    skipped     int         not null default 0,
    -- Why the runner can send nothing at the moment, or null.
    waits       text,
    -- How long it has been sending, for the rate.
    worked_ms   bigint      not null default 0,
    made_by     text        not null,
    made_at     timestamptz not null default now(),
    approved_by text,
    approved_at timestamptz,
    ended_at    timestamptz,
    check (approved_by <> made_by),
    check (state in ('preview', 'aborted') or approved_by is not null)
);
create index plan_running on plan (made_at) where state = 'running';

create table plan_receiver (
    plan_id         uuid not null references plan,
    receiver        text not null,
    document        text not null,
    total           int  not null,
    mapping_version text not null,
    primary key (plan_id, receiver, document)
);

create table plan_delivery (
    plan_id     uuid        not null references plan,
    receiver    text        not null,
    number      int         not null,
    delivery_id uuid        not null,
    case_no     text        not null,
    -- Which parking was approved: one that was replayed and parked again is another.
    parked_at   timestamptz not null,
    doubles     boolean     not null,
    state       text        not null default 'waiting' check (state in ('waiting', 'sent', 'skipped')),
    primary key (plan_id, receiver, number)
);
create index plan_delivery_waiting on plan_delivery (plan_id, receiver, number) where state = 'waiting';

-- Who runs a plan now. The epoch rises with each new runner; every write of a runner checks it under this row's lock.
create table plan_lease (
    plan_id uuid        primary key references plan,
    owner   uuid        not null,
    epoch   bigint      not null,
    until   timestamptz not null
);
