-- Personal addresses of the charter's calendar: whoever has the secret reads the calendar as its account.
create table calendar_feed (
    account  text        primary key references account on delete cascade,
    hash     bytea       not null unique,
    language text        not null,
    made     timestamptz not null
);
