-- export: enrolments
-- outcome: flag
-- field: base_price
-- The price of the edition stands in.
select row_key, edition_price || ' EUR' as found
from enrolment_candidate
where base_price is null and reached_enrolled
