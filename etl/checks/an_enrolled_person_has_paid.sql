-- export: enrolments
-- outcome: flag
-- field: amount_paid
select row_key, '0 / ' || amount_due || ' EUR' as found
from enrolment_candidate
where state = 'enrolled' and amount_paid = 0 and amount_due is distinct from 0
