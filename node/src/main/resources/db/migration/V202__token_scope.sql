-- What a token is bound to beyond its account's rights: collections (null for all) and addresses or networks (empty for
-- any).
alter table api_token
    add column collections uuid[],
    add column addresses   text[] not null default '{}';
