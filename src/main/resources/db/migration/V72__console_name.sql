-- Every name that a person of OpenID Connect has or had here. Whoever has another one since his first was released is no second person of
-- what he did under the first.
create table console_name (
    issuer  text not null,
    subject text not null,
    name    text not null,
    primary key (issuer, subject, name)
);
create index console_name_name on console_name (lower(name));
insert into console_name (issuer, subject, name) select issuer, subject, name from console_subject;

-- The newest login of a person of OpenID Connect: its session alone lasts, at whichever process; none lasts where it is null.
alter table console_subject add column login uuid;
