-- Grain: one row per accounting line of the grant; without a course it belongs to the whole programme.
select
    row_key,
    project,
    line,
    line_type,
    course_id,
    concept,
    direction,
    year,
    budgeted,
    committed,
    recognised,
    paid,
    reference_on
from parsed.funding
order by file_number, file_line
