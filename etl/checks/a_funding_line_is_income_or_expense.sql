-- export: funding
-- outcome: flag
-- field: direction
select row_key, null::varchar as found
from parsed.funding
where direction is null
