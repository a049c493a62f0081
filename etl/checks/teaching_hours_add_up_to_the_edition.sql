-- export: catalogue
-- rows: accepted
-- outcome: flag
-- field: hours
-- Both figures are shown and neither is mended. Editions without any teacher are another matter.
with taught as (
    select
        edition_id,
        coalesce(sum(hours), 0) as hours,
        count(*) - count(hours) as unknown
    from teaching
    group by edition_id
)

select
    e.row_key,
    t.hours || ' h / ' || e.hours || ' h' || if(t.unknown > 0, ' (' || t.unknown || ' × ? h)', '') as found
from edition as e
join taught as t using (edition_id)
where t.hours <> e.hours
