-- export: enrolments
-- rows: accepted
-- outcome: flag
-- field: enrolment_id
-- What is counted may be an older state than the one that was rejected.
select n.row_key, min(r.line)::varchar as found
from enrolment as n
join raw.enrolments as sent on sent.row_key = n.row_key
join raw.enrolments as other on other.enrolment_id = sent.enrolment_id and other.row_key <> n.row_key
join rejection as r on r.row_key = other.row_key
group by n.row_key
