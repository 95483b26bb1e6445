-- Cases that two regions share: whose turn it is, since when, and what the other hub says of its part. A row for each, made
-- with the case or with its first step after this change, and kept with it.
create table case_crossing (
    case_no      text        primary key,
    -- The other hub.
    region       text        not null,
    -- Handed in here and decided there, or the reverse.
    ours         boolean     not null,
    -- Set delta-mode of case-status.csv; null where a region names none, and then it is told no steps.
    way          text,
    window_code  text,
    window_name  text,
    -- Whether the other hub has the case, so that steps are told it.
    shared       boolean     not null,
    holder       text        not null check (holder in ('office', 'applicant', 'nobody')),
    -- On which side the holder is.
    here         boolean     not null,
    office       text,
    since        timestamptz not null,
    due_on       date,
    -- As the other hub has said last.
    their_office text,
    their_due_on date
);
create index case_crossing_turn on case_crossing (since, case_no) where holder <> 'nobody';
