-- export: teaching
-- rows: accepted
-- outcome: flag
-- field: teacher
-- Their hours add up; an exact duplicate was superseded before.
select row_key, count(*) over teacher || ' × ' || edition_id as found
from teaching
window teacher as (partition by edition_id, teacher_key)
qualify count(*) over teacher > 1
