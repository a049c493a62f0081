-- export: catalogue
-- outcome: reject
-- field: course_id
-- Equal rows are superseded before. What is left contradicts itself, and nobody can tell which row is right. A row that
-- is rejected for a reason of its own contradicts nothing: beside it stands the one that was corrected and sent again.
select row_key, course_id || '/' || edition_number as found
from edition_candidate
where course_id is not null and edition_number is not null
    and row_key not in (select row_key from parsed.problem where outcome = 'reject')
qualify count(*) over (partition by course_id, edition_number) > 1
