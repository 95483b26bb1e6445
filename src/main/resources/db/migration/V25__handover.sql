-- Cases that one centre received and another accepts, by each of the two and by who holds the paper: few rows of many.
create index case_file_home on case_file (accepting_centre, case_no) where accepting_centre <> receiving_centre;
create index case_file_received on case_file (receiving_centre, case_no) where accepting_centre <> receiving_centre;
create index case_file_paper on case_file (paper_centre, case_no)
    where accepting_centre <> receiving_centre and paper_centre is not null;
