-- export: endorsements
-- outcome: reject
-- field: course_id
select p.row_key, p.course_id as found
from parsed.endorsements as p
semi join parsed.known_edition as k using (course_id)
anti join edition as e using (course_id)
