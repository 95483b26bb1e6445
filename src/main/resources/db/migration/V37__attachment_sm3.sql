-- Attachments may be named by their SM3 too, and an upload that nobody goes on with is swept away.
alter table attachment drop constraint attachment_digest_check;
alter table attachment add constraint attachment_digest_check check (digest ~ '^(sha256|sm3):[0-9a-f]{64}$');
alter table attachment_upload drop constraint attachment_upload_digest_check;
alter table attachment_upload add constraint attachment_upload_digest_check
    check (digest ~ '^(sha256|sm3):[0-9a-f]{64}$');
-- When its latest part began.
alter table attachment_upload add column touched_at timestamptz not null default now();
create index attachment_upload_touched on attachment_upload (touched_at);
