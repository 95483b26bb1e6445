-- Changed mappings and code tables that somebody wants others to look at, whichever process of the hub they ask: nothing goes by them.
create table proposal (
    -- Which no other gets, also when it is dropped.
    number     integer     generated always as identity primary key,
    partner    text        not null,
    mapping    text        not null,
    author     text        not null,
    at         timestamptz not null,
    reason     text        not null,
    -- Of the partner's mappings in force, from which it differs.
    version    text        not null,
    -- What it leaves behind in other files.
    left_over  text[]      not null,
    difference bytea       not null
);

create table proposal_file (
    number  integer not null references proposal on delete cascade,
    -- In the partner's folder.
    path    text    not null,
    content bytea   not null,
    primary key (number, path)
);
