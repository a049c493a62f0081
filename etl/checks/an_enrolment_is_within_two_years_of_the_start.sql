-- export: enrolments
-- outcome: flag
-- field: enrolled_on
select row_key, say_day(enrolled_on) || ' > ' || say_day(starts_on) as found
from enrolment_candidate
where enrolled_on < starts_on - interval 2 year
