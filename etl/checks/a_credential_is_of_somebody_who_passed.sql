-- export: enrolments
-- outcome: flag
-- field: certified_on
select row_key, say_day(certified_on) as found
from enrolment_candidate
where certified_on is not null and (result in ('failed', 'not_presented') or state <> 'enrolled')
