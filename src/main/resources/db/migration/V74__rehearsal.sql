-- Changed mappings that run beside those in force, on the messages that come, and send nothing.
create table rehearsal (
    id         uuid        primary key,
    partner    text        not null,
    state      text        not null check (state in ('running', 'dropped', 'promoted')),
    -- Versions of both, as translation names them.
    candidate  text        not null,
    in_force   text        not null,
    author     text        not null,
    reason     text        not null,
    started_at timestamptz not null default now(),
    ended_by   text,
    end_reason text,
    ended_at   timestamptz,
    -- Messages for which a process had no room.
    left_out   bigint      not null default 0
);
create unique index rehearsal_running on rehearsal (partner) where state = 'running';
create index rehearsal_of on rehearsal (partner, started_at);

create table rehearsal_file (
    rehearsal_id uuid not null references rehearsal,
    path         text not null,
    digest       text not null references mapping_text,
    primary key (rehearsal_id, path)
);

-- What all processes have seen, by mapping.
create table rehearsal_sum (
    rehearsal_id    uuid   not null references rehearsal,
    mapping         text   not null,
    compared        bigint not null,
    equal           bigint not null,
    different       bigint not null,
    candidate_fails bigint not null,
    in_force_fails  bigint not null,
    both_fail       bigint not null,
    primary key (rehearsal_id, mapping)
);

-- In what it differs: fields and kinds of difference with one covered example each, never a value of a message.
create table rehearsal_finding (
    rehearsal_id uuid   not null references rehearsal,
    mapping      text   not null,
    field        text   not null,
    kind         text   not null,
    count        bigint not null,
    before       text   not null,
    after        text   not null,
    messages     text[] not null,
    primary key (rehearsal_id, mapping, field, kind)
);
