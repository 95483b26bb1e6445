-- The offices that decide one case together (多地联办), in their stages. Those of one stage work side by side, a stage begins when
-- the one before has passed, and what one office refuses is refused.
create table case_part (
    case_no   text        not null,
    part      int         not null,
    stage     int         not null,
    office    text        not null,
    state     text        not null check (state in ('waiting', 'open', 'passed', 'refused', 'ended')),
    -- What the office said last, by set hub of case-status.csv.
    status    text,
    since     timestamptz not null,
    result_id uuid,
    primary key (case_no, part)
);
