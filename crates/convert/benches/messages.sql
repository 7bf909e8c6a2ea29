-- 50,000 messages whose contents are like those of the samples: 40 to 400 bytes, some not ASCII, dates in three forms.
create table m (id integer primary key, bot text, chat text, role text, content text, at datetime, b1 boolean, b2 boolean,
  b3 boolean, status text, wa text, media boolean, url text, type text);
with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000)
insert into m select i, '2f1c1a3e-8f00-4204-a980-0998ecf8427e', '5215512345678@c.us', case i % 2 when 0 then 'user' else 'assistant' end,
  substr(replace(hex(zeroblob(220)), '00', 'hola 😀 ñ '), 1, 40 + i * 7919 % 360),
  case i % 3 when 0 then 1700000000123 + i when 1 then '2023-11-14 22:13:20' else '2023-11-14T22:13:20.123+00:00' end,
  0, 0, 1, 'SENT', '3EB0' || hex(randomblob(8)), 0, null, '' from n;
