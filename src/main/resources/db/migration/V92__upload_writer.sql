-- Who writes the file of an upload, of all processes, and for how long after its last sign; nothing while nobody does.
alter table attachment_upload add column writer uuid;
alter table attachment_upload add column writer_until timestamptz;
create unique index attachment_upload_writer on attachment_upload (writer);
