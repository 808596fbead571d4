-- Sessions of people: the browser keeps a secret, the store its hash. They survive a restart and end where they are listed.
create table web_session (
    hash       bytea       primary key,
    name       uuid        not null unique default gen_random_uuid(),
    account    text        not null references account on delete cascade,
    began      timestamptz not null,
    seen       timestamptz not null,
    proved     timestamptz not null,
    complete   boolean     not null,
    means      text        not null,
    address    text        not null,
    agent      text        not null,
    last_visit timestamptz
);
create index web_session_account on web_session (account, seen);

-- Browsers in which an account signed in before: failures of others do not slow them.
create table known_device (
    account text        not null references account on delete cascade,
    hash    bytea       not null,
    seen    timestamptz not null,
    primary key (account, hash)
);

-- Codes of an authenticator (RFC 6238): the secret is sealed with the node's key for it, `last_step` is the last one used.
create table time_code (
    account   text        primary key references account on delete cascade,
    secret    bytea       not null,
    last_step bigint      not null,
    made      timestamptz not null
);

create table recovery_code (
    account text  not null references account on delete cascade,
    hash    bytea not null,
    primary key (account, hash)
);

-- Wrong codes one after another, and until when an account's codes wait because of them.
create table code_failure (
    account    text        primary key references account on delete cascade,
    failures   integer     not null,
    wait_until timestamptz not null
);

-- Passkeys, in the tables that the library reads.
create table user_entities (
    id           varchar(1000) primary key,
    name         text          not null unique references account on delete cascade,
    display_name text
);

create table user_credentials (
    credential_id                varchar(1400) primary key,
    user_entity_user_id          varchar(1000) not null references user_entities on delete cascade,
    public_key                   bytea         not null,
    signature_count              bigint,
    uv_initialized               boolean,
    backup_eligible              boolean       not null,
    authenticator_transports     varchar(1000),
    public_key_credential_type   varchar(100),
    backup_state                 boolean       not null,
    attestation_object           bytea,
    attestation_client_data_json bytea,
    created                      timestamp,
    last_used                    timestamp,
    label                        varchar(1000) not null
);
create index user_credentials_user on user_credentials (user_entity_user_id);

-- What happened at the way in, and to accounts. Failures of an hour from one network at one account are one row.
create table account_event (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null,
    account text,
    actor   text,
    kind    text        not null,
    address text        not null,
    detail  text        not null,
    times   integer     not null default 1,
    hour    timestamptz
);
create unique index account_event_hour on account_event (coalesce(account, ''), address, kind, hour) where hour is not null;
create index account_event_at on account_event (at);
create index account_event_account on account_event (account, at);
