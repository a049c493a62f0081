-- export: enrolments
-- outcome: flag
-- field: cancelled_on
-- The date of the state stands in; without that one too, it counts as cancelled from the beginning.
select c.row_key, concat_ws(' ', r.state, say_day(c.state_on)) as found
from enrolment_candidate as c
join raw.enrolments as r using (row_key)
where c.is_cancellation and c.cancelled_on is null
