-- A sealed body of a few kilobytes does not get smaller, and stands with its row: beside it, it takes two rows and two entries of an
-- index more. Larger ones go beside it as before.
alter table message set (toast_tuple_target = 8160);
alter table message alter column body set storage external;
-- Of a lane two numbers change, neither of an index: with room on its page a row stays there.
alter table lane set (fillfactor = 50);
