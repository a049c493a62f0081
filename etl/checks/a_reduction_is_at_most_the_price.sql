-- export: enrolments
-- outcome: reject
-- field: reduction_amount
select row_key, reduction_amount || ' EUR > ' || base_price || ' EUR' as found
from enrolment_candidate
where reduction_amount > base_price and base_price >= 0
