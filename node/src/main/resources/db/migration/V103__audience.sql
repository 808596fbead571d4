-- Each distinct answer to "what decides who may have it" once; objects carry its number.
create table audience (
    number int generated always as identity primary key,
    key    text not null unique
);
