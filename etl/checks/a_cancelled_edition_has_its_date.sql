-- export: catalogue
-- outcome: flag
-- field: cancelled_on
select row_key, null::varchar as found
from edition_candidate
where (state = 'cancelled' or title_says = 'cancelled') and cancelled_on is null
