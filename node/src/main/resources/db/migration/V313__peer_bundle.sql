-- Bundles made for peers and taken from them, in their order.
create table peer_bundle (
    identity  text        not null,
    outgoing  boolean     not null,
    number    bigint      not null,
    -- SHA-256 of the whole encrypted content; the next bundle names it.
    digest    text        not null,
    made      timestamptz not null,
    -- Of an outgoing one: up to where each collection was handed over, JSON by alias.
    positions text,
    primary key (identity, outgoing, number)
);
