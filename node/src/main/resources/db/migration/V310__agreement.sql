-- Papers of agreements are few among many entries; they are replayed from the ledger itself.
create index ledger_entry_agreement on ledger_entry (seq) where kind = 14;
