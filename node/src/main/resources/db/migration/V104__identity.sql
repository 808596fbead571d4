-- Who may call this node. Passwords and tokens are stored as hashes.
create table account (
    name         text        primary key,
    organisation text        not null,
    password     text,
    roles        text[]      not null,
    collections  uuid[],
    created      timestamptz not null default now()
);

create table api_token (
    hash      bytea       primary key,
    account   text        not null references account on delete cascade,
    label     text        not null,
    read_only boolean     not null,
    expires   timestamptz not null,
    last_used timestamptz
);

create table invitation (
    hash    bytea       primary key,
    account text        not null references account on delete cascade,
    expires timestamptz not null
);
