-- By which key an act in the store was found to be signed, so that a start need not check all signatures again.
create table act_signer (
    seq bigint primary key,
    key text   not null
);
