-- export: enrolments
-- outcome: reject
-- field: base_price
-- A refund may be negative, in what is due or paid of a cancelled enrolment; nothing else may.
select row_key, least(base_price, reduction_amount, amount_due, amount_paid) || ' EUR' as found
from enrolment_candidate
where least(base_price, reduction_amount) < 0
    or (not is_cancellation and least(amount_due, amount_paid) < 0)
