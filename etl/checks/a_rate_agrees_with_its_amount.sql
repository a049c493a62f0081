-- export: enrolments
-- outcome: flag
-- field: reduction_amount
-- The amount is the one that counts.
select row_key, reduction_rate * 100 || ' % <> ' || reduction_amount || ' EUR' as found
from enrolment_candidate
where abs(reduction_amount - round(reduction_rate * price_in_force, 2)) > 0.01
