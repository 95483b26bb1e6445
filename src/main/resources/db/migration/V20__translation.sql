-- Versions of what translates: which mapping and which tables made a message what a partner got, or what the hub reads of its answer.

-- One combination of a mapping, the tables that it uses and the catalogue, as they stood on days from since on. Written when it is
-- used for the first time; messages and deliveries name it by its number.
create table translation (
    id                int         generated always as identity primary key,
    digest            text        not null unique,
    partner           text        not null,
    mapping           text        not null,
    since             date        not null,
    mapping_version   text        not null,
    catalogue_version text        not null,
    tables            text        not null,
    known_at          timestamptz not null default now()
);

-- Of the attempt that decided last, and of the first.
alter table delivery add column translation int;
alter table delivery add column first_translation int;
-- Of what was read of a partner's answer; null where the sender wrote the document itself.
alter table message add column translation int;

-- The texts of mappings, code tables and catalogue, each once however many versions share it, so that an old version can translate
-- again after its files have changed.
create table mapping_text (
    digest  text  primary key,
    content bytea not null
);
create table mapping_file (
    version text not null,
    path    text not null,
    digest  text not null references mapping_text,
    primary key (version, path)
);

-- By which versions an operator wants a delivery to be sent; null: by the mapping of now and the tables of the case's day.
alter table delivery add column versions text check (versions in ('as-first', 'current'));
alter table plan add column versions text not null default 'case-day' check (versions in ('case-day', 'as-first', 'current'));
