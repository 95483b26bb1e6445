-- For one connection: what the trace of a year is made of. The tables item (n, code, receiver) and centre (n, code) are there.
create function pg_temp.part(i bigint, salt int) returns float8 language sql immutable as
$$ select (hashint8extended(i, salt) & 1048575)::float8 / 1048576 $$;
create function pg_temp.id(at timestamptz, i bigint, kind text) returns uuid language sql immutable as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i || kind), 1, 3)
    || '8' || substr(md5(kind || i), 1, 15))::uuid $$;
insert into chain (name, closed_at) values ('bench/r0/trace', now()) on conflict do nothing;
create temp table life (
    i bigint, at timestamptz, told_at timestamptz, no text, item text, receiver text, sender text, received text, accepted text,
    status text, application uuid, result uuid, sms uuid, sent uuid, returned uuid)
