-- export: catalogue
-- outcome: flag
-- field: starts_on
-- The first course of the programme began on 13 October 2025; the recovery plan that pays for it ends with 2026.
select row_key, say_day(starts_on) as found
from edition_candidate
where starts_on not between date '2025-10-13' and date '2026-12-31'
