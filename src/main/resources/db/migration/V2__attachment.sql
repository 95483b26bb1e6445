-- Attachments by content, one namespace a partner. The bytes lie sealed in files named by storage_name.
create table attachment (
    partner      text        not null,
    digest       text        not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
    length       bigint      not null,
    storage_name uuid        not null unique,
    completed_at timestamptz not null default now(),
    primary key (partner, digest)
);

-- Uploads under way; what is on disk counts, this row only says how long the whole will be.
create table attachment_upload (
    partner      text        not null,
    digest       text        not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
    length       bigint,
    storage_name uuid        not null unique,
    begun_at     timestamptz not null default now(),
    primary key (partner, digest)
);
