-- Logins that failed under names that nobody has count as those under names that somebody has: who asks how often he may guess learns
-- no name. Such a name stands here as '?' and a keyed digest of it, since it could be a password; no user's name begins so.
alter table console_login drop constraint console_login_name_fkey;
create index console_login_from on console_login (address, failed_at);
create index console_login_old on console_login (failed_at) where good_at is null;

-- Logins by OpenID Connect that have let somebody in, by a digest of their state: none does twice, at whichever process. Kept for
-- as long as the login's own cookie could come again.
create table console_used_login (
    digest text        primary key,
    until  timestamptz not null
);
create index console_used_login_until on console_used_login (until);
