-- export: catalogue
-- outcome: flag
-- field: enrolment_closes_on
select row_key, say_day(enrolment_opens_on) || ' > ' || say_day(enrolment_closes_on) as found
from edition_candidate
where enrolment_closes_on < enrolment_opens_on
