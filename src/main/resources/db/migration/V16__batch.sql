-- Batch files: rows gathered for a partner until a file of them is on its server, and files that came from it.

-- A file towards a partner. Its number rises with the clock, so that a database restored from a backup never uses one
-- again that the partner knows.
create table batch (
    partner     text        not null,
    number      bigint      not null,
    name        text        not null,
    rows        int         not null,
    closed_at   timestamptz not null,
    state       text        not null default 'closed' check (state in ('closed', 'sent', 'settled')),
    -- Who uploads it now, and when the next try is.
    claim_owner uuid,
    claim_until timestamptz,
    due_at      timestamptz not null default now(),
    tries       int         not null default 0,
    digest      bytea,
    sent_at     timestamptz,
    primary key (partner, number)
);
create index batch_open on batch (partner, number) where state <> 'settled';

-- One row of a file for each delivery, so that a repeated call is the same row. The row stays as the proof of where the
-- delivery went; its content is forgotten once the partner has it.
create table batch_row (
    id       uuid        primary key,
    partner  text        not null,
    case_no  text        not null,
    -- Tells rows apart that can't stand in one file.
    format   bytea       not null,
    body     bytea,
    added_at timestamptz not null,
    number   bigint,
    line     int
);
create index batch_row_open on batch_row (partner, added_at) where number is null;
create index batch_row_batch on batch_row (partner, number, line) where number is not null;

-- Files of a partner, as received and sealed, before anything of them is read.
create table received_file (
    id          uuid        primary key,
    partner     text        not null,
    name        text        not null,
    size        bigint      not null,
    modified_at timestamptz not null,
    digest      bytea       not null,
    body        bytea       not null,
    state       text        not null default 'kept' check (state in ('kept', 'read', 'parked')),
    rows        int,
    note        text,
    copies      int         not null default 1,
    received_at timestamptz not null default now(),
    unique (partner, digest)
);
create index received_file_kept on received_file (partner, received_at) where state = 'kept';
create index received_file_name on received_file (partner, name);
