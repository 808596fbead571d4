-- Heads of this node's ledger, signed and cosigned; a later note of one size has more cosignatures.
create table ledger_head (
    size bigint primary key,
    note text   not null
);

-- For each log that this node watches, the last head that it cosigned.
create table witnessed_head (
    origin text primary key,
    note   text not null
);

-- Two heads of one log that cannot both be true, with what proves it.
create table split_view (
    origin   text        not null,
    found    timestamptz not null,
    smaller  text        not null,
    larger   text        not null,
    root     text        not null,
    proof    text        not null
);

-- The entry by which this node's ledger holds an act.
create table act_entry (
    digest text   primary key,
    seq    bigint not null
);
