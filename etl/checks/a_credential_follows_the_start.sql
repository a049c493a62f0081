-- export: enrolments
-- outcome: flag
-- field: certified_on
select row_key, say_day(certified_on) || ' < ' || say_day(starts_on) as found
from enrolment_candidate
where certified_on < starts_on
