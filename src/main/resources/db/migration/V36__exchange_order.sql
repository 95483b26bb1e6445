-- The order of one case's messages across hubs (chxseq). What the hub sends is numbered without gaps from 1; null where a
-- message has no place in the order of its case, as evidence has none.
alter table exchange_sent add column seq bigint;
create index exchange_sent_case on exchange_sent (partner, case_no);

-- What was received keeps its number: none is given to two messages.
alter table exchange_message add column seq bigint;
create index exchange_message_seq on exchange_message (partner, subject, seq) where seq is not null;

-- Both sides number their own messages, and each may call one of its cases by the number that another has at its neighbour's:
-- whether this hub handed the case in tells the two apart.
alter table exchange_order add column ours boolean not null default false;
alter table exchange_order drop constraint exchange_order_pkey;
alter table exchange_order add primary key (partner, subject, ours);
update exchange_order o set ours = true from case_file c
where c.case_no = substr(o.subject, 6) and c.receiver = o.partner
    and not exists (select 1 from sender_case s where s.partner = o.partner and s.sender_case_no = c.case_no);
