-- What the console looks up: cases of a department in a stretch of time, and what was done by whom, to what, and when.
create index case_file_of_receiver on case_file (receiver, received_at);
create index audit_at on audit (at);
create index audit_actor on audit (actor, at);
create index audit_action on audit (action, at);
create index audit_target on audit (target, at);
