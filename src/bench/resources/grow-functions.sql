-- For one connection: what the rows of the grown cases are made of.
create temp table pool as
select n, decode(string_agg(md5(n || ':' || m), ''), 'hex') as bytes
from generate_series(0, 997) n, generate_series(1, 131) m group by n;
create unique index pool_n on pool (n);
create function pg_temp.bytes(i bigint, length int) returns bytea language sql stable as
$$ select substring(bytes from 1 for length) from pool where n = i % 998 $$;
create function pg_temp.id(i bigint, kind text) returns uuid language sql immutable as
$$ select ('0190' || lpad(to_hex(i), 8, '0') || '7' || kind || '00' || '8000' || substr(md5(i || kind), 1, 12))::uuid $$;
create function pg_temp.no(i bigint) returns text language sql immutable as
$$ select '3120250101' || lpad(i::text, 9, '0') $$;
create function pg_temp.at(i bigint) returns timestamptz language sql immutable as
$$ select timestamptz '2025-01-01 00:00:00+08' + i * interval '3 seconds' $$;
insert into chain (name, closed_at) values ('bench/r0/grown', now())
