-- export: enrolments
-- outcome: flag
-- field: amount_due
-- One cent is how two systems round; the drift of all of them is the sum of what is listed.
select row_key, residual || ' EUR' as found
from enrolment_candidate
where abs(residual) = 0.01
