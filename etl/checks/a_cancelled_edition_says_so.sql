-- export: catalogue
-- outcome: flag
-- field: state
select row_key, say_day(cancelled_on) as found
from edition_candidate
where cancelled_on is not null and state is not null and state <> 'cancelled' and title_says is distinct from 'cancelled'
