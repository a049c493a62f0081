-- export: catalogue
-- outcome: reject
-- field: ects
select row_key, ects as found
from edition_candidate
where ects <= 0 or ects > 15
