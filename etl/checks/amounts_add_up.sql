-- export: enrolments
-- outcome: flag
-- field: amount_due
-- Flagged, not rejected: the enrolment did happen, and no indicator counts what is due.
select
    row_key,
    base_price || ' - ' || applied_reduction || ' <> ' || amount_due || ' EUR' as found
from enrolment_candidate
where abs(residual) > 0.01
