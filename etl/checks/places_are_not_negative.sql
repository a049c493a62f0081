-- export: catalogue
-- outcome: empty
-- field: places
select row_key, places as found
from edition_candidate
where places <= 0
