select pg_terminate_backend(pid)
from (
    select distinct l.pid
    from pg_locks l
    join pg_class c on c.oid = l.relation
    join pg_stat_activity a on a.pid = l.pid
    where l.database = (select oid from pg_database where datname = current_database())
      and c.relnamespace in (to_regnamespace('autobot_stage'), to_regnamespace('autobot_marks'))
      and l.mode not in ('AccessShareLock', 'RowShareLock')
      and a.usename = current_user
      and a.application_name = 'autobot'
      and l.pid <> pg_backend_pid()
      and not (l.pid = any ($1))
) leftover
