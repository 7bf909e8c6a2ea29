-- The name of the database's collation, if it sorts these texts otherwise than by their bytes. A name alone does not tell:
-- with ICU the locale decides and datcollate is not used (its column has another name in each of versions 14 to 17).
select coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate::text)
from pg_database d, unnest(array['Z', 'a', 'B', 'ab', 'a c', 'a-b', '_', '10', '9', 'é', 'z', 'ñ', 'N', 'ß']) word
where d.datname = current_database()
group by d.oid, d.datcollate, to_jsonb(d)
having array_agg(word order by word collate "default") <> array_agg(word order by word collate "C")
