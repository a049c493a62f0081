-- export: enrolments
-- outcome: flag
-- field: cancelled_on
select row_key, say_day(cancelled_on) as found
from enrolment_candidate
where cancelled_on is not null and not is_cancellation
