-- export: teaching, enrolments, endorsements, funding
-- outcome: repair
-- field: course_id
-- A code that lost its leading zeros stands for the only course of the catalogue that it fits; exact codes come first.
with course as (
    select distinct course_id from parsed.known_edition
),

fitting as (
    select
        given.course_id as given_id,
        min(course.course_id) as course_id
    from (select distinct course_id from parsed.{export}) as given
    join course
        on ltrim(course.course_id, '0') = ltrim(given.course_id, '0')
        and len(course.course_id) > len(given.course_id)
    where given.course_id not in (select course_id from course)
    group by given.course_id
    having count(*) = 1
)

select
    p.row_key,
    p.course_id as found,
    f.course_id as mended
from parsed.{export} as p
join fitting as f on f.given_id = p.course_id
