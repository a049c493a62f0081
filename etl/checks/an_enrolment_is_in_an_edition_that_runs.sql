-- export: enrolments
-- outcome: flag
-- field: course_id
select row_key, course_id || '/' || edition_number as found
from enrolment_candidate
where state = 'enrolled' and edition_is_cancelled
