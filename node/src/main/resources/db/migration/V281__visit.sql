-- When an account last looked at its home page, to show what has come since.
create table visit (
    account    text        primary key references account on delete cascade,
    last_visit timestamptz not null
);
