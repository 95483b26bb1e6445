-- Answers come by other ways than calls, callbacks and rows: queues and whatever a protocol brings.
alter table answer drop constraint answer_source_check;
alter table answer add constraint answer_source_check check (source ~ '^[a-z][a-z-]*$');
