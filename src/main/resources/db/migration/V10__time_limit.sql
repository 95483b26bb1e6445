-- The statutory time limit of each case that a department has to decide: one row from its acceptance on, kept after its end.
create table time_limit (
    case_no      text primary key,
    working_days int  not null,
    -- The clock started on this day; the limit is counted from the next.
    accepted_on  date not null,
    -- The last day of the limit, as it stood when the clock ran last.
    due_on       date not null,
    -- Since when the clock stands, or null while it runs.
    stopped_on   date,
    ended_on     date
);
create index time_limit_due on time_limit (due_on) where ended_on is null and stopped_on is null;
