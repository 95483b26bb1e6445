-- What tells rows apart comes first: a plan that was made while a table was small must not read all of a region's rows later.
drop index exchange_sent_case;
create index exchange_sent_case on exchange_sent (case_no, partner);
drop index exchange_sent_subject;
create index exchange_sent_subject on exchange_sent (subject, partner, written_at);
drop index exchange_message_seq;
create index exchange_message_seq on exchange_message (subject, partner, seq) where seq is not null;
drop index exchange_message_subject;
create index exchange_message_subject on exchange_message (subject, partner, accepted_at);
alter table exchange_evidence drop constraint exchange_evidence_partner_direction_message_id_kind_receive_key;
alter table exchange_evidence add unique (message_id, kind, receiver, partner, direction);
