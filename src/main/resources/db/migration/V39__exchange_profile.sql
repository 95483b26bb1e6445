-- What was agreed with each region, and since when: every profile that came into force, whoever changed the file. What a
-- region has signed is verified by the key that stood here then, long after the key was taken out of the file.
create table exchange_profile (
    partner text        not null,
    seq     integer     not null,
    since   timestamptz not null,
    -- Public keys and agreements as the region itself may see them, in JSON; null where it is no region any more.
    profile text,
    primary key (partner, seq)
);

-- The keys that the hub has signed by: regions verify receipts by them for years. No keyid ever stands for another key.
create table exchange_hub_key (
    keyid      text        primary key,
    algorithm  text        not null,
    public_key text        not null,
    used_from  timestamptz not null,
    -- When a process last said that it signs by it.
    used_until timestamptz not null
);
