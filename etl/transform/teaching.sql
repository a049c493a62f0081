-- Grain: one row per accepted row of the teaching export: a teacher in an edition.
select
    row_key,
    course_id || '/' || edition_number as edition_id,
    teacher_key,
    hours,
    staff_type,
    category,
    department,
    entity,
    role
from parsed.teaching
order by file_number, file_line
