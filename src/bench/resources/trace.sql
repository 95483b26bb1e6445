-- Cases :from to :to of those numbered :first to :last, which come in over the twelve months before today. Few items and one
-- sender have most of them; results come within ten days; one case in three tells its citizen by SMS.
truncate life;
insert into life (i, at, told_at, no, item, receiver, sender, received, accepted, status)
select i, at, least(at + power(pg_temp.part(i, 1), 2) * interval '10 days', now()),
    '31' || to_char(at, 'YYYYMMDD') || lpad((i % 1000000000)::text, 9, '0'), item.code,
    case when pg_temp.part(i, 2) < 0.02 then (array['zhejiang', 'jiangsu', 'anhui'])[1 + i % 3] else item.receiver end,
    case when pg_temp.part(i, 3) < 0.92 then 'acceptance-platform' when pg_temp.part(i, 3) < 0.96 then 'zhejiang'
        when pg_temp.part(i, 3) < 0.985 then 'jiangsu' else 'anhui' end,
    here.code, case when pg_temp.part(i, 4) < 0.15 then there.code else here.code end,
    case when pg_temp.part(i, 5) < 0.00002 then '41' when pg_temp.part(i, 5) < 0.05 then '40'
        when pg_temp.part(i, 5) < 0.07 then '42' when pg_temp.part(i, 5) < 0.1 then '61'
        when pg_temp.part(i, 5) < 0.12 then '90' else '60' end
from (select i, date_trunc('day', now()) - interval '365 days'
        + (i - :first) / (:last - :first + 1.0) * interval '365 days' as at
    from generate_series(:from, :to) i) times
join item on item.n = floor((select count(*) from item) * power(pg_temp.part(i, 6), 3))
join centre here on here.n = floor((select count(*) from centre) * pg_temp.part(i, 7))
join centre there on there.n = floor((select count(*) from centre) * pg_temp.part(i, 8));
update life set application = pg_temp.id(at, i, 'a'), result = pg_temp.id(told_at, i, 'b'),
    sms = case when i % 3 = 0 then pg_temp.id(told_at, i, 'c') end,
    sent = pg_temp.id(at, i, 'd'), returned = pg_temp.id(told_at, i, 'e');

insert into message_key (partner, idempotency_key, message_id, digest, receipt, accepted_at)
select sender, 'K' || no, application, sha256(no::bytea), decode(md5(no), 'hex'), at from life
union all
select receiver, 'delivery:' || sent || ':result', result, sha256(no::bytea), '', told_at from life;

insert into sender_case (partner, sender_case_no, message_id) select sender, 'S' || no, application from life;

insert into message (id, partner, document, case_no, cause, body, digest, accepted_at)
select application, sender, 'application', no, null::uuid, decode(md5(no), 'hex'), sha256(no::bytea), at from life
union all
select result, receiver, 'result', no, application, decode(md5(no), 'hex'), sha256(no::bytea), told_at from life
union all
select sms, 'hub', 'notification', no, result, decode(md5(no), 'hex'), sha256(no::bytea), told_at from life where sms is not null;

insert into case_file (case_no, sender, item_code, receiver, channel, status, receiving_centre, accepting_centre, responsible,
    applicant_index, application_id, received_at, changed_at, result_id)
select no, sender, item, receiver, '2', status, received, accepted, accepted, sha256(('person' || i / 3)::bytea), application, at,
    told_at, result
from life;

insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, attempt, due_at, created_at, settled_at)
select sent, application, 'application', no, receiver, 'application', 'delivered', 1, 1, at, at, at from life
union all
select returned, result, 'result', no, sender, 'result', 'delivered', 1, 1, told_at, told_at, told_at from life
union all
select pg_temp.id(told_at, i, 'f'), sms, 'notification', no, 'sms-gateway', 'application', 'delivered', null::int, 1, told_at,
    told_at, told_at
from life where sms is not null;

insert into case_told (partner, received_at, case_no)
select told, at, no from life, unnest(array[receiver, case when sms is not null then 'sms-gateway' end]) told
where told <> sender;

insert into event (chain, seq, at, case_no, message_id, delivery_id, kind, partner, status, detail, digest, hash)
select chain.id, i * 6 + step, case when step < 2 then at else told_at end, no,
    case when step < 2 then application else result end, case when step < 2 then sent else returned end,
    kind, receiver, case when kind = 'status' then life.status end, 'application', sha256(no::bytea), sha256((no || step)::bytea)
from life, chain,
    (values (0, 'accepted'), (1, 'delivered'), (2, 'status'), (3, 'returned'), (4, 'delivered')) steps (step, kind)
where chain.name = 'bench/r0/trace'
