-- export: enrolments
-- rows: accepted
-- outcome: flag
-- field: enrolment_id
-- Both count as enrolments and one as a learner. A cancelled one beside an active one is somebody who came back.
select row_key, edition_id as found
from enrolment
where state = 'enrolled'
qualify count(*) over (partition by edition_id, person_key) > 1
