-- export: enrolments
-- outcome: reject
-- field: enrolled_on
select row_key, say_day(enrolled_on) as found
from enrolment_candidate
where enrolled_on > getvariable('today')
