-- export: enrolments
-- outcome: reject
-- field: course_id
-- With the amount at stake, so that the money of the orphans can be added up.
select
    p.row_key,
    p.course_id || '/' || p.edition_number
        || coalesce(' (' || coalesce(p.amount_paid, p.amount_due, p.base_price) || ' EUR)', '') as found
from parsed.enrolments as p
anti join parsed.known_edition as k using (course_id, edition_number)
where p.course_id is not null and p.edition_number is not null
