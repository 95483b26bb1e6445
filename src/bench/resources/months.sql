-- The messages once as they are, and once by months: ids sort by time, so a month is a range of ids and the key stays the id.
create function pg_temp.first_id(at timestamptz) returns uuid language sql immutable as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid $$;
create table bench_whole (like message including defaults, primary key (id));
create index on bench_whole (case_no);
create table bench_months (like message including defaults, primary key (id)) partition by range (id);
create index on bench_months (case_no);
do $$
declare month timestamptz;
begin
    for month in select date_trunc('month', now()) - n * interval '1 month' from generate_series(0, 12) n loop
        execute format('create table bench_month_%s partition of bench_months for values from (%L) to (%L)',
            to_char(month, 'YYYYMM'), pg_temp.first_id(month), pg_temp.first_id(month + interval '1 month'));
    end loop;
end $$;
create table bench_other partition of bench_months default;
insert into bench_whole select * from message;
insert into bench_months select * from message;
analyze bench_whole;
analyze bench_months;
checkpoint
