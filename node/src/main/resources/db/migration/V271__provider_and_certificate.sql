-- Whom an organisation's provider means by whom: its own mark of a person never goes to another, names may.
create table provider_account (
    provider text not null,
    subject  text not null,
    account  text not null unique references account on delete cascade,
    primary key (provider, subject)
);

-- Client certificates, by the SHA-256 of their public key, so that one that is renewed for the same key goes on.
create table account_certificate (
    key_hash bytea       primary key,
    account  text        not null references account on delete cascade,
    subject  text        not null,
    expires  timestamptz not null,
    added    timestamptz not null
);
