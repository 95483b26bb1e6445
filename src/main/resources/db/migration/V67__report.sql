-- What reports show: sums of cases, so that no report reads cases. Counted from the lines of the evidence, each line once; made again by
-- emptying report_sum and report_position.

-- Each fact is in eight rows: of its day and of its month (Asia/Shanghai), by item, by centre, by both and by centre alone.
create table report_sum (
    period       text   not null check (period in ('day', 'month')),
    -- What tells the rows apart beside department, sender and province; the other one is empty. Those of a centre alone are told apart
    -- by nothing else, all of that is empty: a city has hundreds of centres, and each of them cases for every department.
    detail       text   not null check (detail in ('item', 'centre', 'both', 'centre-alone')),
    first_day    date   not null,
    department   text   not null,
    item         text   not null,
    -- Where it was received; empty for a case that came to no centre.
    centre       text   not null,
    sender       text   not null,
    -- The region that handed it in, decides it or takes part; empty for what stays in the city.
    province     text   not null,
    received     bigint not null,
    done         bigint not null,
    refused      bigint not null,
    -- Withdrawn, void, passed to a higher office: over without a result for or against.
    ended        bigint not null,
    -- Of what was done or refused and had a statutory time limit.
    in_time      bigint not null,
    late         bigint not null,
    working_days bigint not null,
    -- Of what was done or refused, from received on.
    seconds      bigint not null,
    -- How many took how long, by the bounds of Spread.
    hours_spread int[]  not null,
    days_spread  int[]  not null,
    primary key (period, detail, first_day, department, item, centre, sender, province)
);
create index report_sum_of_item on report_sum (item, period, first_day) where detail = 'both';
create index report_sum_of_centre on report_sum (centre, period, first_day) where detail = 'both';

-- Up to where each chain of the evidence is counted; ended: it has no further lines.
create table report_position (
    chain int     primary key,
    seq   bigint  not null default 0,
    ended boolean not null default false
);
create index report_position_open on report_position (chain) where not ended;

-- Whoever counts holds this row: one process at a time.
create table report_state (
    one      boolean     primary key default true check (one),
    -- What was on record then is counted; null until that was so once.
    whole_at timestamptz
);
insert into report_state (one) values (true);
