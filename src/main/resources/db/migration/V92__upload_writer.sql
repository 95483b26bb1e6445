-- Who writes the file of an upload, of all processes, and for how long after its last sign, which is when it was touched too; nothing while
-- nobody does. One who is not heard of any more stays here until another has moved the upload to another file.
alter table attachment_upload add column writer uuid;
alter table attachment_upload add column writer_until timestamptz;
create unique index attachment_upload_writer on attachment_upload (writer);
