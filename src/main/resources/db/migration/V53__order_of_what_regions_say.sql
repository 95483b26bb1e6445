-- When the other hub said whose turn it is, by its clock: what it said before that changes nothing any more.
alter table case_crossing add column their_word_at timestamptz;
