-- The ledger. An entry is never changed; its payload and salt may be deleted, its leaf stays.
create table ledger_entry (
    seq         bigint      primary key,
    kind        smallint    not null,
    recorded_at timestamptz not null,
    leaf        bytea       not null
);

create table ledger_payload (
    seq  bigint primary key,
    salt bytea  not null,
    meta bytea  not null,
    body bytea  not null
);
alter table ledger_payload alter column body set storage external;
alter table ledger_payload set (toast_tuple_target = 8160);
