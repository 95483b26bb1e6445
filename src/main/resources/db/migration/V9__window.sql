-- What is due, in the order in which it is sent: urgent first, what keeps an order before what does not, then the oldest.
drop index delivery_waiting;
create index delivery_due on delivery (receiver, urgent desc, (lane_no is null), due_at, id)
    where state = 'pending' and not held and claim_until is null;
-- What the broker holds now.
create index delivery_sent on delivery (receiver) where state = 'pending' and sent_until is not null;
