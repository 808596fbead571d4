-- Beginnings of the ledger after a backup was put back, of which peers' mail was had since.
create table peer_epoch (seq bigint primary key);
create index ledger_entry_epoch on ledger_entry (seq) where kind = 10;
