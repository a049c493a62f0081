-- export: catalogue
-- outcome: flag
-- field: places_min
select row_key, places_min || ' > ' || places as found
from edition_candidate
where places_min > places and places > 0
