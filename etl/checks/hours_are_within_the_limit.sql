-- export: catalogue
-- outcome: reject
-- field: hours
select row_key, hours as found
from edition_candidate
where hours <= 0 or hours > 150
