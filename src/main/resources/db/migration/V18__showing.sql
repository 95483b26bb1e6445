-- Certificates that citizens show at a counter by a code that is good once. Codes and tokens are here by their digests only; what is
-- shown is sealed, and empty once it was taken or its time is over.
create table showing (
    id           uuid        primary key,
    type         text        not null,
    code_digest  bytea       not null unique,
    issued_by    text        not null,
    body         bytea       not null,
    issued_at    timestamptz not null default now(),
    expires_at   timestamptz not null,
    token_digest bytea       unique,
    token_until  timestamptz,
    exchanged_by text,
    taken_at     timestamptz
);
create index showing_body on showing (expires_at) where length(body) > 0;
