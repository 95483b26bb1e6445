-- The hub's record. The broker is only the motion: every row here can bring back what a lost broker held.
-- Primary keys are UUIDv7: they sort by time, so that bodies and events can be partitioned by month later.

-- The newest row is in force. A restored database takes a new one and ignores what an older broker still holds.
create table incarnation (
    id    uuid primary key,
    since timestamptz not null default now()
);
insert into incarnation (id) values (gen_random_uuid());

create sequence case_serial increment by 1000;

-- Keys, digests and receipts outlive bodies: never partitioned, never dropped.
create table message_key (
    partner         text        not null,
    idempotency_key text        not null,
    message_id      uuid        not null unique,
    digest          bytea       not null,
    receipt         bytea       not null,
    accepted_at     timestamptz not null,
    primary key (partner, idempotency_key)
);

create table sender_case (
    partner        text not null,
    sender_case_no text not null,
    message_id     uuid not null,
    primary key (partner, sender_case_no)
);

-- What was accepted, as received and sealed.
create table message (
    id            uuid        primary key,
    partner       text        not null,
    document      text        not null,
    case_no       text,
    cause         uuid,
    body          bytea       not null,
    digest        bytea       not null,
    accepted_at   timestamptz not null,
    parked_reason text
);
create index message_case on message (case_no);
create index message_parked on message (accepted_at) where parked_reason is not null;

-- One row a case: where it stands, where its paper is, who answers for it.
create table case_file (
    case_no          text        primary key,
    sender           text        not null,
    item_code        text        not null,
    item_variant     text,
    receiver         text        not null,
    channel          text        not null,
    status           text        not null,
    receiving_centre text,
    accepting_centre text,
    paper_centre     text,
    responsible      text        not null,
    applicant_index  bytea       not null,
    application_id   uuid        not null,
    received_at      timestamptz not null,
    changed_at       timestamptz not null,
    result_id        uuid
);
create index case_file_applicant on case_file (applicant_index);

-- A lane keeps the order of one case towards one receiver.
create table lane (
    case_no     text not null,
    receiver    text not null,
    next_no     int  not null,
    lowest_open int  not null,
    primary key (case_no, receiver)
);

-- One message to one receiver, in exactly one state.
create table delivery (
    id            uuid        primary key,
    message_id    uuid        not null,
    document      text        not null,
    case_no       text        not null,
    receiver      text        not null,
    queue         text        not null check (queue in ('application', 'result')),
    state         text        not null check (state in ('pending', 'delivered', 'refused', 'parked', 'undeliverable')),
    lane_no       int,
    held          boolean     not null default false,
    urgent        boolean     not null default false,
    attempt       int         not null default 0,
    spent         int         not null default 0,
    ask_first     boolean     not null default false,
    due_at        timestamptz not null,
    sent_until    timestamptz,
    claim_owner   uuid,
    claim_until   timestamptz,
    reason        text,
    fault         text,
    created_at    timestamptz not null,
    settled_at    timestamptz
);
create index delivery_message on delivery (message_id);
create index delivery_case on delivery (case_no, receiver);
create index delivery_waiting on delivery (receiver, queue, urgent desc, due_at) where state = 'pending';
create index delivery_claimed on delivery (claim_until) where state = 'pending' and claim_until is not null;
create index delivery_parked on delivery (receiver, settled_at) where state = 'parked';

-- Every answer of a partner, as received and sealed: to our call, by callback, or read from its table.
create table answer (
    id           uuid        primary key,
    partner      text        not null,
    source       text        not null check (source in ('call', 'callback', 'row')),
    delivery_id  uuid,
    event_key    text,
    media_type   text,
    body         bytea       not null,
    digest       bytea       not null,
    received_at  timestamptz not null,
    read_at      timestamptz,
    message_id   uuid,
    note         text
);
create index answer_unread on answer (received_at) where read_at is null;
create unique index answer_event on answer (partner, event_key, digest) where event_key is not null;

-- The life of every case in one line a step; digests, ids and codes only, never a personal value.
create table event (
    id          bigint      generated always as identity primary key,
    at          timestamptz not null,
    case_no     text,
    message_id  uuid,
    delivery_id uuid,
    kind        text        not null,
    partner     text,
    status      text,
    detail      text
);
create index event_case on event (case_no);

-- A partner runs when it has no row here.
create table pause (
    partner    text        not null,
    reason     text        not null check (reason in ('circuit', 'hours', 'operator', 'certificate')),
    until      timestamptz,
    paused_by  text        not null,
    note       text,
    since      timestamptz not null default now(),
    -- Of a circuit: the one delivery that may try whether the partner is back.
    probe      uuid,
    primary key (partner, reason)
);

-- Messages in which no known delivery can be read.
create table dead_message (
    id         uuid        primary key,
    queue      text        not null,
    reason     text        not null,
    body       bytea,
    arrived_at timestamptz not null
);
