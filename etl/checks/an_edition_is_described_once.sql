-- export: catalogue
-- outcome: reject
-- field: course_id
-- Equal rows are superseded before. What is left contradicts itself, and nobody can tell which row is right.
select row_key, course_id || '/' || edition_number as found
from edition_candidate
where course_id is not null and edition_number is not null
qualify count(*) over (partition by course_id, edition_number) > 1
