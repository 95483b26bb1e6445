-- What people find cases by, newest first: each filter walks an index of its own.
create index case_file_of_item on case_file (item_code, received_at);
create index case_file_of_sender on case_file (sender, received_at);
create index case_file_received_at on case_file (receiving_centre, received_at);
create index case_file_accepted_at on case_file (accepting_centre, received_at)
    where accepting_centre is distinct from receiving_centre;
create index case_file_in_state on case_file (receiver, status, received_at);
