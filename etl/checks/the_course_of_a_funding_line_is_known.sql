-- export: funding
-- outcome: flag
-- field: course_id
-- Loaded all the same, so that the totals of the grant stay whole.
select p.row_key, p.course_id as found
from parsed.funding as p
anti join parsed.known_edition as k using (course_id)
where p.course_id is not null
