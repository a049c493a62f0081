-- export: catalogue
-- outcome: flag
-- field: ends_on
select row_key, say_day(starts_on) || ' > ' || say_day(ends_on) as found
from edition_candidate
where ends_on >= starts_on + interval 3 year
