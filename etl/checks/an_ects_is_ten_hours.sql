-- export: catalogue
-- outcome: flag
-- field: hours
select row_key, hours || ' h, ' || ects || ' ECTS' as found
from edition_candidate
where hours <> ects * 10
