-- export: enrolments
-- rows: accepted
-- outcome: flag
-- field: enrolment_id
-- The same id of two people is two enrolments under one number: only the newest is counted.
select n.row_key, count(*)::varchar as found
from enrolment as n
join superseded as s on s.by_row_key = n.row_key and s.rule = 'a_later_state_replaces_it'
join raw.enrolments as earlier on earlier.row_key = s.row_key
where earlier.person_key <> n.person_key
group by n.row_key
