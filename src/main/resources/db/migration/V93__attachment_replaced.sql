-- Files in whose place others have come that are sealed under a newer key. A backup names them whose database was copied before that and
-- whose folder of attachments is copied after, so that they stay for a while.
create table attachment_replaced (
    storage_name uuid        primary key,
    partner      text        not null,
    digest       text        not null,
    replaced_at  timestamptz not null default now()
);
