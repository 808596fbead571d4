-- How far what waited for others has been placed again: a node that dies between recording objects and placing what
-- waited for them goes on from here. What is in the store already was settled by the programs before.
create table settled (
    one     boolean primary key default true check (one),
    through bigint  not null
);
insert into settled (through) select max(seq) from ledger_entry having max(seq) is not null;
