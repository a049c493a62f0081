-- export: teaching, enrolments
-- outcome: reject
-- field: course_id
-- It is in the catalogue, but its own row was rejected: mending that one mends these.
select p.row_key, p.course_id || '/' || p.edition_number as found
from parsed.{export} as p
semi join parsed.known_edition as k using (course_id, edition_number)
anti join edition as e using (course_id, edition_number)
