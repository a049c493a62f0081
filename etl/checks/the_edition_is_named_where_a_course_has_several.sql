-- export: teaching, enrolments
-- outcome: flag
-- field: edition_number
-- An empty edition is the first one; in a course with several that may be wrong.
select row_key, course_id || '/' || edition_number as found
from parsed.{export}
where edition_was_empty
    and course_id in (select course_id from parsed.known_edition group by course_id having count(*) > 1)
