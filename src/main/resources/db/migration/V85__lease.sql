-- What only one process of the hub does at a time, and who does it. All times are the database's.
create table lease (
    name  text        primary key,
    owner uuid        not null,
    -- Goes up with every change of owner: who was only paused finds another, whatever he still believes.
    epoch bigint      not null,
    until timestamptz not null
);

-- Whose lines a chain holds, so that who starts beside others does not end theirs; null of commands and of earlier versions.
alter table chain add column process uuid;
