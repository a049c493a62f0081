-- Grain: one row per endorsement of a course by a collaborating entity.
select
    row_key,
    course_id,
    entity,
    entity_type,
    collaboration_type,
    signed_on
from parsed.endorsements
order by file_number, file_line
