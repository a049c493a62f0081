-- export: teaching
-- outcome: reject
-- field: hours
select row_key, hours as found
from parsed.teaching
where hours < 0
