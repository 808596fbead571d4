-- The words of each version, to find it by; made from the ledger and made again whenever they are missing.
create table object_words (
    seq        bigint   primary key references ledger_payload on delete cascade,
    words      tsvector not null,
    -- Without the parts that the object marks apart; null where it marks none.
    open_words tsvector
);
create index object_words_by_word on object_words using gin (words);
create index object_words_by_open_word on object_words using gin (open_words);

-- Words as they are, by their stems in English and Russian, and the parts of addresses and paths.
create function words_of(content text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector('simple'::regconfig, content)
        || to_tsvector('english'::regconfig, content)
        || to_tsvector('russian'::regconfig, content)
        || to_tsvector('simple'::regconfig, regexp_replace(content, '[^[:alnum:]-]+', ' ', 'g'))
$$;

-- Newest first, of all and of one type.
create index addition_by_seq on addition (seq);
create index addition_by_type on addition (type, seq);
