-- Keys that values may need. The start asks this table and never the values themselves.
create table vault_key (
    id          int         primary key check (id between 0 and 255),
    -- Tells a key from another one in a file of the same name; says nothing about the key.
    fingerprint bytea,
    since       timestamptz not null default now(),
    retired_at  timestamptz,
    -- Since when no stored value needs it; copies in the broker may until older deliveries are settled.
    clean_since timestamptz
);
insert into vault_key (id)
select 1 where exists (select 1 from message) or exists (select 1 from answer) or exists (select 1 from dead_message)
    or exists (select 1 from attachment) or exists (select 1 from attachment_upload);

-- The latest run that moves old values to the current key.
create table vault_reseal (
    one        boolean     primary key default true check (one),
    state      text        not null check (state in ('running', 'done', 'incomplete')),
    to_key     int         not null,
    asked_by   text        not null,
    begun_at   timestamptz not null,
    pass       int         not null default 1,
    pass_begun timestamptz not null,
    ended_at   timestamptz
);

-- How far the pass is in each place.
create table vault_reseal_place (
    place text    primary key,
    after text    not null default '',
    moved bigint  not null default 0,
    done  boolean not null default false
);

-- What the pass counted, values a key.
create table vault_reseal_count (
    place  text   not null,
    key_id int    not null,
    amount bigint not null,
    primary key (place, key_id)
);

-- Who has no ID number is found by none.
alter table case_file alter column applicant_index drop not null;
