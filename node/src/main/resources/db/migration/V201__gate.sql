-- Each distinct "what else its reader must be allowed to know" once; objects carry its number.
create table closure (
    number int generated always as identity primary key,
    key    text not null unique
);

-- What each version refers to, to find from a newcomer whatever stands on it.
create table reference (
    target text     collate "C" not null,
    seq    bigint   not null,
    -- 0: it cannot be without it; -1: it can; -2: a marking; 1 and up: one of a list of which one must stay
    slot   smallint not null,
    primary key (target, seq, slot)
);
create index reference_by_seq on reference (seq);

-- An addition for those who become readers later: hidden from whoever reads the placement before.
alter table addition add column unless_audience int, add column unless_closure int;
