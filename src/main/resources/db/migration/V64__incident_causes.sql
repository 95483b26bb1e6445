-- More that is wrong for too long: answers that the hub could not take, results that are overdue, messages of queues that nobody can
-- read, and processes of the hub that are gone without an end.
alter table incident drop constraint incident_kind_check;
alter table incident add constraint incident_kind_check check (kind in ('circuit', 'certificate', 'disk', 'clock', 'limit', 'parked',
    'answer', 'overdue', 'dead', 'errors', 'backlog', 'silence', 'expiry', 'process'));

-- That nothing of a parked message waits for a person any more, and why: 'taken' (its partner said the same, or said it under the same
-- key again, and that was taken), 'superseded' (a later result of its partner counts) or 'settled' (by a person, whose reason is in the
-- audit). What it was parked for stays: the message itself was never taken.
alter table message add column parked_ended_at timestamptz;
alter table message add column parked_end text;
drop index message_parked;
drop index message_parked_of;
create index message_parked on message (accepted_at, id) where parked_reason is not null and parked_ended_at is null;
create index message_parked_of on message (partner, accepted_at) where parked_reason is not null and parked_ended_at is null;

-- Results that are overdue, as long as somebody still owes them.
create view overdue_question as
select e.delivery_id, e.partner, e.case_no, e.tries, e.due_at, e.overdue_at, c.status
from enquiry e join case_file c on c.case_no = e.case_no
where e.told and c.result_id is null
    and not coalesce((select bool_and(p.state in ('passed', 'refused', 'ended')) from case_part p
        where p.case_no = e.case_no and p.office = e.partner), false);

-- Since when a person has nothing more to do with what nobody can read.
alter table dead_message add column settled_at timestamptz;
create index dead_message_open on dead_message (id) where settled_at is null;
create index dead_message_queue on dead_message (queue, arrived_at) where settled_at is null;
