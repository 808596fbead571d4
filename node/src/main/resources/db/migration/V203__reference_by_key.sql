-- Versions are found by what they refer to through a short key: an index of the identifiers themselves was most of the
-- cost of taking objects in.
alter table reference drop constraint reference_pkey;
create index reference_by_target on reference (hashtextextended(target, 0));
