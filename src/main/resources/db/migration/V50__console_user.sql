-- People who use the console. A production hub starts without any; nobody is ever deleted, because the audit names them.
create table console_user (
    name         text        primary key,
    password     text        not null,
    roles        text[]      not null,
    -- Whose flows they may see and steer; null for all.
    partners     text[],
    enabled      boolean     not null default true,
    -- Failed logins since the last good one, and until when nobody can log in under this name.
    failures     int         not null default 0,
    locked_until timestamptz,
    made_by      text        not null,
    made_at      timestamptz not null default now()
);
