create schema if not exists autobot_quarantine;
create table if not exists autobot_quarantine.rows (like autobot_marks.quarantine including defaults);
create table if not exists autobot_quarantine.originals (like autobot_marks.original including defaults);
insert into autobot_quarantine.rows select * from autobot_marks.quarantine;
insert into autobot_quarantine.originals select * from autobot_marks.original;
