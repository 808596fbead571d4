-- What is told peers, until they have it. Numbers grow; a peer says up to which it has taken what is for it.
create table peer_mail (
    number    bigint      generated always as identity primary key,
    recipient text        not null,
    object_id text        not null,
    body      bytea       not null,
    queued    timestamptz not null,
    taken     timestamptz,
    refusal   text
);
create index peer_mail_waiting on peer_mail (recipient, number) where taken is null;

-- How the exchange with each peer stands.
create table peer_state (
    identity    text        primary key,
    -- Number of the last of its mail that was taken here.
    mail        bigint      not null default 0,
    last_tried  timestamptz,
    last_good   timestamptz,
    failures    int         not null default 0,
    problem     text,
    quarantine  text,
    refused     bigint      not null default 0,
    last_refusal text
);

-- Where the pull of each of a peer's collections stands.
create table peer_pull (
    identity   text   not null,
    collection text   not null,
    state      bytea  not null,
    objects    bigint not null default 0,
    refused    bigint not null default 0,
    primary key (identity, collection)
);

-- Versions of objects that were recalled: neither they nor earlier ones come in again.
create table recalled (
    object_id text collate "C" not null,
    -- Whose claims; empty for everybody's.
    source    text             not null,
    -- Sortable text of the last version that is barred; '9' for all.
    up_to     text collate "C" not null,
    -- Whether the object was revoked, so that no later version but the revoking one is taken.
    final     boolean          not null,
    recall    text             not null,
    primary key (object_id, source, recall)
);

-- Recalls given and taken.
create table recall (
    id         text        primary key,
    -- The recall that it passes on, or itself.
    root       text        not null,
    object_id  text        not null,
    author     text        not null,
    -- Who brought it; null for our own.
    bringer    text,
    -- Of one that we pass on: the recall that was brought to us.
    passes_on  text,
    cause      text        not null,
    why        text        not null,
    recorded   timestamptz not null,
    answer_by  timestamptz not null,
    body       bytea       not null,
    -- Our answer to one that was brought.
    answer     bytea
);
create index recall_by_root on recall (root);
create index recall_by_object on recall (object_id);

-- To whom one of our recalls went, and what each answered last.
create table recall_copy (
    recall       text        not null references recall,
    organisation text        not null,
    identity     text        not null,
    -- Whether it has a node with an agreement, which can answer.
    answers      boolean     not null,
    answer       bytea,
    -- Why it stays open although something came.
    note         text,
    changed      timestamptz not null,
    primary key (recall, organisation)
);

-- Objects that must not be erased yet, by law.
create table legal_hold (
    object_id text        primary key,
    ground    text        not null,
    until     timestamptz not null,
    set_by    text        not null
);
