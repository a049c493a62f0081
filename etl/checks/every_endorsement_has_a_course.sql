-- export: endorsements
-- outcome: reject
-- field: course_id
select p.row_key, p.course_id as found
from parsed.endorsements as p
anti join parsed.known_edition as k using (course_id)
where p.course_id is not null
