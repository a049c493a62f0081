-- export: teaching
-- rows: accepted
-- outcome: flag
-- field: staff_type
select row_key, staff_type as found
from teaching
window teacher as (partition by edition_id, teacher_key)
qualify min(staff_type) over teacher <> max(staff_type) over teacher
