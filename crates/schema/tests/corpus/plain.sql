create table "User" (id integer primary key autoincrement, email text not null unique, "name" varchar(20) default 'x', created datetime not null default current_timestamp);
create table post (id integer primary key, author integer not null references "User", parent int references post(id) on delete cascade, title text collate nocase not null, body, flag boolean default 1 check (flag in (0,1)), constraint title_once unique (title));
create index post_author on post (author desc, title);
create unique index post_flag on post (author) where flag = 1;
create table link (a integer references post, b integer references "User"(id) deferrable initially deferred, primary key (a, b)) without rowid;
insert into "User" (email) values ('a');
delete from "User";
