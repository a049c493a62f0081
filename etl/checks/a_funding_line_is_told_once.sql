-- export: funding
-- rows: accepted
-- outcome: flag
-- field: concept
-- They differ only in columns that are not read: perhaps two invoices, perhaps one told twice.
select row_key, count(*) over same || ' ×' as found
from funding_line
window same as (
    partition by project, line, line_type, course_id, concept, direction, year, budgeted, committed, recognised, paid, reference_on
)
qualify count(*) over same > 1
