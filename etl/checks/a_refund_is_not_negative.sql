-- export: enrolments
-- outcome: flag
-- field: amount_paid
select row_key, least(amount_due, amount_paid) || ' EUR' as found
from enrolment_candidate
where is_cancellation and least(amount_due, amount_paid) < 0
