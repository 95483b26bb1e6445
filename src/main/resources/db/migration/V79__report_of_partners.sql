-- Whoever sees the cases of some partners only is answered by centre from sums too: those of a centre and a department, and of a centre
-- and a sender. They were read from the rows of 'centre', of all departments, senders and provinces, whoever asked. Each fact is
-- in twelve rows now.
-- Counting takes this row first, and then writes.
select from report_state for update;

alter table report_sum drop constraint report_sum_detail_check;
alter table report_sum add constraint report_sum_detail_check
    check (detail in ('item', 'centre', 'both', 'centre-alone', 'centre-of-department', 'centre-of-sender'));

-- What both a partner's department and a partner's sender would count is taken off once, and what a region takes part in is added.
create index report_sum_of_pair on report_sum (department, sender, period, first_day) where detail = 'centre';
create index report_sum_of_province on report_sum (province, period, first_day) where detail = 'centre' and province <> '';

-- What is counted already is added up from the rows by centre.
do $$
declare
    hours text := (select string_agg(format('sum(hours_spread[%s])', i), ', ' order by i) from generate_series(1, 30) i);
    days  text := (select string_agg(format('sum(days_spread[%s])', i), ', ' order by i) from generate_series(1, 20) i);
    own   text[];
begin
    foreach own slice 1 in array array[['department', 'department, '''''], ['sender', ''''', sender']] loop
        execute format('
            insert into report_sum (period, detail, first_day, item, centre, province, department, sender, received, done, refused, ended,
                in_time, late, working_days, seconds, hours_spread, days_spread)
            select period, ''centre-of-%s'', first_day, '''', centre, '''', %s, sum(received), sum(done), sum(refused), sum(ended),
                sum(in_time), sum(late), sum(working_days), sum(seconds), array[%s]::int[], array[%s]::int[]
            from report_sum where detail = ''centre'' group by period, first_day, centre, %1$s',
            own[1], own[2], hours, days);
    end loop;
end $$;
