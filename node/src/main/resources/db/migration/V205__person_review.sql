-- Why objects that name a person may be hunted and leave: one row for each review, the ledger holds the same.
create table person_review (
    seq         bigint      primary key,
    object_id   text        collate "C" not null,
    purpose     text        not null,
    legal_basis text        not null,
    reviewer    text        not null,
    recorded    timestamptz not null,
    review_by   timestamptz not null
);
create index person_review_by_object on person_review (object_id);
