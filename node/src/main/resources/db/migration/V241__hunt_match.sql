-- What was found in the member's own logs, for its analysts. Rows are the member's own data and leave by nobody's hand but
-- an analyst's.
create table hunt_match (
    id         bigint generated always as identity primary key,
    indicator  text        not null,
    pattern    text        not null,
    source     text        not null,
    file       text        not null,
    lines      bigint[]    not null,
    happened   timestamptz,
    ended      timestamptz,
    found      timestamptz not null,
    host       text,
    kind       text        not null,
    timing     text        not null,
    -- The comparisons that held: path, value and comparison of each.
    clauses    jsonb       not null,
    -- The line of the last event that took part; null of kept events, of which no line is kept.
    line       text,
    -- Number of the entry of the hunt back that found it; null for a find on the stream.
    retro      bigint,
    verdict    text,
    judged_by  text,
    judged     timestamptz
);

create index hunt_match_open on hunt_match (id) where verdict is null;
create index hunt_match_indicator on hunt_match (indicator, found);

-- Matches beyond the number that is kept for an indicator in an hour, counted alone.
create table hunt_flood (
    indicator text        not null,
    hour      timestamptz not null,
    count     bigint      not null,
    primary key (indicator, hour)
);

-- How far each followed file has been hunted, so that a restart goes on there.
create table hunt_position (
    source   text   not null,
    file     text   not null,
    file_key text   not null,
    line     bigint not null,
    primary key (source, file)
);

-- Up to which addition of each collection indicators have been hunted back.
create table hunt_back (
    collection integer     primary key,
    date_added timestamptz not null,
    seq        bigint      not null
);
