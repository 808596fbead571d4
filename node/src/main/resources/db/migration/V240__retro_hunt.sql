-- How long the node may keep events of its member's logs: the latest row counts.
create table hunt_window (
    seq      bigint primary key,
    days     integer not null,
    who      text not null,
    why      text not null,
    recorded timestamptz not null
);

-- Hunts over events kept from before. Those without an end did not come to it.
create table retro_hunt (
    seq        bigint primary key,
    who        text not null,
    why        text not null,
    indicators text[] not null,
    since      timestamptz,
    until      timestamptz,
    recorded   timestamptz not null,
    ended      timestamptz,
    events     bigint,
    matched    bigint,
    damaged    text[]
);
