-- export: funding
-- outcome: flag
-- field: budgeted
select row_key, null::varchar as found
from parsed.funding
where coalesce(budgeted, committed, recognised, paid) is null
