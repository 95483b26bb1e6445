-- To whom anything of a case was ever sent, its sender aside, in the order of time: who sees the cases of some partners only is led to
-- them by it, however many cases others have meanwhile.
create table case_told (
    partner     text        not null,
    -- Of the case, and as that never changed.
    received_at timestamptz not null,
    case_no     text        not null,
    primary key (partner, received_at, case_no)
);
insert into case_told
select distinct d.receiver, c.received_at, c.case_no
from delivery d join case_file c on c.case_no = d.case_no where d.receiver <> c.sender;
