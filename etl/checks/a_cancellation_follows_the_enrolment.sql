-- export: enrolments
-- outcome: flag
-- field: cancelled_on
select row_key, say_day(enrolled_on) || ' > ' || say_day(cancelled_on) as found
from enrolment_candidate
where cancelled_on < enrolled_on
