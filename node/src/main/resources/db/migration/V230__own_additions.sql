-- Additions of their own for readers who may have something from now on that they might not have before.

-- Whoever reads over a way out: an organisation.
create table reader (
    number       int  generated always as identity primary key,
    organisation text not null,
    channel      text not null,
    unique (organisation, channel)
);

-- What the gate let through when a reader last read a collection; the difference to what it lets through now is opened
-- to the reader.
create table reader_sight (
    reader         int         not null references reader,
    collection     int         not null,
    audiences      bytea       not null,
    known          bytea       not null,
    closures       bytea       not null,
    reducing       bytea       not null,
    audience_count int         not null,
    closure_count  int         not null,
    -- date of the last addition to the collection by then
    since          timestamptz not null,
    primary key (reader, collection)
);

alter table addition
    -- for whom alone it is; null for everyone who may have it
    add column reader int,
    -- where it stood before it was narrowed; null when it never was
    add column was_audience int,
    add column was_closure int;
create index addition_by_reader on addition (collection, reader, seq, date_added) where reader is not null;
