-- export: teaching
-- outcome: reject
-- field: course_id
select p.row_key, p.course_id || '/' || p.edition_number as found
from parsed.teaching as p
anti join parsed.known_edition as k using (course_id, edition_number)
where p.course_id is not null and p.edition_number is not null
