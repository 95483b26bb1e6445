-- When a partner that had taken a file sent back this row of it: the row's delivery waits for a person, and the file that took
-- it settles it no more. Gathered once more, the row is a new one.
alter table batch_row add column rejected_at timestamptz;
