-- Where each scheduled pull or push stands, and how it is doing.
create table feed (
    name       text        primary key,
    last_run   timestamptz,
    last_good  timestamptz,
    failures   int         not null default 0,
    problem    text,
    objects    bigint      not null default 0,
    refused    bigint      not null default 0,
    -- Of a pull: what the client goes on from.
    pulled     bytea,
    -- Of a push: the last addition that was handed over.
    date_added timestamptz,
    seq        bigint
);
