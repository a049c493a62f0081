-- Grain: one row per edition. What had become of it by the cut-off.
with cancellation as (
    select
        edition_id,
        -- A date says when; a state or a title without a date says only that it happened.
        case
            when cancelled_on is not null then cancelled_on <= $as_of
            else coalesce(state = 'cancelled', false) or coalesce(title_says = 'cancelled', false)
        end as is_cancelled
    from loaded.edition
)

select
    e.edition_id,
    c.is_cancelled,
    coalesce(e.state = 'postponed', false) or coalesce(e.title_says = 'postponed', false) as is_postponed,
    not c.is_cancelled and e.state is distinct from 'draft' as is_offered,
    e.starts_on <= $as_of as has_started,
    coalesce(e.ends_on <= $as_of, false) as has_ended
from loaded.edition as e
join cancellation as c using (edition_id)
