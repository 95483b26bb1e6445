-- What is due, in the order in which it is sent: urgent first, then the oldest.
drop index delivery_waiting;
create index delivery_due on delivery (receiver, urgent desc, due_at, id)
    where state = 'pending' and not held and claim_until is null;
-- What the broker holds now.
create index delivery_sent on delivery (receiver) where state = 'pending' and sent_until is not null;
