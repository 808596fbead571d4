-- Whether the source of a claim is the creator that the object names: the creator's claim to a version is the one served.
alter table object_version add column first_hand boolean not null default false;
