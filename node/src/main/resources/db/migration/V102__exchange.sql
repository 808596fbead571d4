-- Collections, the versions of objects, and where and when each was added.

create table api_root (
    name               text    primary key,
    position           int     not null,
    title              text    not null,
    description        text,
    max_content_length bigint  not null,
    is_default         boolean not null
);

create table collection (
    number          int         primary key,
    id              uuid        not null,
    api_root        text        not null references api_root,
    position        int         not null,
    alias           text,
    title           text        not null,
    description     text,
    default_marking text,
    spec_versions   text        not null,
    can_read        boolean     not null,
    can_write       boolean     not null,
    last_added      timestamptz not null default 'epoch',
    unique (api_root, id)
);

-- One row for each version of an object and each source that claims it. `version` sorts as text.
create table object_version (
    seq          bigint  primary key,
    object_id    text    collate "C" not null,
    version      text    collate "C" not null,
    type         text    collate "C" not null,
    spec_version text    not null,
    source       text    not null,
    creator      text,
    digest       bytea   not null,
    audience     int     not null,
    closure      int     not null
);
create index object_version_by_id on object_version (object_id, version);

-- An object in a collection. date_added grows strictly within a collection.
create table addition (
    collection   int         not null,
    date_added   timestamptz not null,
    seq          bigint      not null,
    object_id    text        collate "C" not null,
    version      text        collate "C" not null,
    type         text        collate "C" not null,
    spec_version text        not null,
    audience     int         not null,
    closure      int         not null,
    superseded   boolean     not null,
    primary key (collection, date_added, seq)
);
create index addition_by_id on addition (collection, object_id, version);

create table status (
    id         uuid        primary key,
    api_root   text        not null,
    requested  timestamptz not null,
    owner      text        not null,
    body       bytea       not null
);

-- A page given to a recipient, once: the same page again adds nothing.
create table delivery (
    recipient  text        not null,
    page       bytea       not null,
    rule       text        not null,
    seq        bigint      not null,
    delivered  timestamptz not null,
    primary key (recipient, page)
);
