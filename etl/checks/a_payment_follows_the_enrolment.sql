-- export: enrolments
-- outcome: flag
-- field: paid_on
select row_key, say_day(paid_on) || ' < ' || say_day(enrolled_on) as found
from enrolment_candidate
where paid_on < enrolled_on
