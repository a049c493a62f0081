-- export: catalogue
-- rows: accepted
-- outcome: flag
-- field: places
select e.row_key, n.enrolments || ' > ' || e.places as found
from edition as e
join (
    select edition_id, count(*) as enrolments from enrolment where state = 'enrolled' group by edition_id
) as n using (edition_id)
where n.enrolments > e.places
