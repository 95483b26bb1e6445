-- Where the backlog of a partner that is back is made due again, in slices, by the redispatcher.
create table recovery (
    partner text        primary key,
    since   timestamptz not null
);

-- What follows from a case at a given time (asking whether an order is paid) is not due earlier because a partner recovers.
alter table delivery add column not_before timestamptz;

-- Every pending delivery stands in exactly one of three partial indexes; a statement that looks for all of them says so.
create index delivery_held on delivery (receiver) where state = 'pending' and held;
create view pending_delivery as
    select * from delivery where state = 'pending' and not held and claim_until is null
    union all
    select * from delivery where state = 'pending' and not held and claim_until is not null
    union all
    select * from delivery where state = 'pending' and held;

-- Answers that cannot be read are tried again ever more seldom, and never stand before others.
alter table answer add column tries int not null default 0;
alter table answer add column retry_at timestamptz not null default now() + interval '10 seconds';
drop index answer_unread;
create index answer_unread on answer (retry_at) where read_at is null;

drop index enquiry_overdue;
create index enquiry_late on enquiry (partner, overdue_at) where not told;

alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check
    check (kind in ('parked', 'delayed', 'resolved', 'given-up', 'refused', 'paper'));
