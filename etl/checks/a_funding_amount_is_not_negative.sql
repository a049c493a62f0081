-- export: funding
-- outcome: flag
-- field: budgeted
select row_key, least(budgeted, committed, recognised, paid) || ' EUR' as found
from parsed.funding
where least(budgeted, committed, recognised, paid) < 0
