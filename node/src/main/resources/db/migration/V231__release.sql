-- Releases that a second person confirmed or somebody took back; the ledger holds the same.
create table release_deed (
    seq       bigint      primary key,
    object_id text        collate "C" not null,
    deed      text        not null,
    versions  bigint[]    not null,
    account   text        not null,
    recorded  timestamptz not null
);
create index release_deed_by_object on release_deed (object_id);

-- Who asked the source of an object to let it go further, and what was answered; the ledger holds the same.
create table release_request (
    seq          bigint      primary key,
    object_id    text        collate "C" not null,
    organisation text        not null,
    account      text        not null,
    wanted       text        not null,
    reason       text        not null,
    recorded     timestamptz not null,
    answered     timestamptz,
    answered_by  text,
    granted      boolean,
    answer       text,
    version      text
);
create index release_request_by_object on release_request (object_id);
