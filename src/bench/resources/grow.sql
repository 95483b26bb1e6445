-- Whole lives from :from to :to as the hub leaves them behind: kept, delivered, answered, returned, recorded.
-- Bodies are as large and as incompressible as sealed ones; ids sort by time, before everything that comes later.
insert into message_key (partner, idempotency_key, message_id, digest, receipt, accepted_at)
select 'acceptance-platform', 'grown-' || i, pg_temp.id(i, 'a'), pg_temp.bytes(i, 32), pg_temp.bytes(i, 180), pg_temp.at(i)
from generate_series(:from, :to) i
union all
select 'economy', 'delivery:' || pg_temp.id(i, 'c') || ':result', pg_temp.id(i, 'b'), pg_temp.bytes(i + 1, 32), '', pg_temp.at(i)
from generate_series(:from, :to) i;

insert into message (id, partner, document, case_no, cause, body, digest, accepted_at)
select pg_temp.id(i, 'a'), 'acceptance-platform', 'application', pg_temp.no(i), null, pg_temp.bytes(i, 2080), pg_temp.bytes(i, 32), pg_temp.at(i)
from generate_series(:from, :to) i
union all
select pg_temp.id(i, 'b'), 'economy', 'result', pg_temp.no(i), pg_temp.id(i, 'a'), pg_temp.bytes(i, 420), pg_temp.bytes(i + 1, 32), pg_temp.at(i)
from generate_series(:from, :to) i;

insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, applicant_index, application_id,
    received_at, changed_at, result_id)
select pg_temp.no(i), 'acceptance-platform', '312000250000', 'economy', '2', '60', 'JX', sha256(('person' || i / 3)::bytea),
    pg_temp.id(i, 'a'), pg_temp.at(i), pg_temp.at(i), pg_temp.id(i, 'b')
from generate_series(:from, :to) i;

insert into lane (case_no, receiver, next_no, lowest_open)
select pg_temp.no(i), receiver, 2, 2
from generate_series(:from, :to) i, unnest(array['acceptance-platform', 'economy']) receiver;

insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, attempt, due_at, created_at, settled_at)
select pg_temp.id(i, 'c'), pg_temp.id(i, 'a'), 'application', pg_temp.no(i), 'economy', 'application', 'delivered', 1, 1,
    pg_temp.at(i), pg_temp.at(i), pg_temp.at(i)
from generate_series(:from, :to) i
union all
select pg_temp.id(i, 'd'), pg_temp.id(i, 'b'), 'result', pg_temp.no(i), 'acceptance-platform', 'result', 'delivered', 1, 1,
    pg_temp.at(i), pg_temp.at(i), pg_temp.at(i)
from generate_series(:from, :to) i;

insert into case_told (partner, received_at, case_no)
select 'economy', pg_temp.at(i), pg_temp.no(i) from generate_series(:from, :to) i;

insert into answer (id, partner, source, delivery_id, media_type, body, digest, received_at, read_at, message_id)
select pg_temp.id(i, 'e'), 'economy', 'call', pg_temp.id(i, 'c'), 'application/json', pg_temp.bytes(i, 440), pg_temp.bytes(i, 32),
    pg_temp.at(i), pg_temp.at(i), pg_temp.id(i, 'b')
from generate_series(:from, :to) i
union all
select pg_temp.id(i, 'f'), 'acceptance-platform', 'call', pg_temp.id(i, 'd'), 'application/json', pg_temp.bytes(i, 50),
    pg_temp.bytes(i, 32), pg_temp.at(i), pg_temp.at(i), null
from generate_series(:from, :to) i;

insert into event (chain, seq, at, case_no, message_id, delivery_id, kind, partner, status, detail, digest, hash)
select chain.id, i * 6 + step, pg_temp.at(i), pg_temp.no(i), pg_temp.id(i, 'a'), pg_temp.id(i, 'c'), kind, 'economy', status,
    'application', pg_temp.bytes(i, 32), pg_temp.bytes(i + step, 32)
from generate_series(:from, :to) i, chain,
    (values (0, 'accepted', '30'), (1, 'delivered', null), (2, 'status', '60'), (3, 'returned', null), (4, 'delivered', null))
        steps (step, kind, status)
where chain.name = 'bench/r0/grown'
