-- Grain: one row, the load itself. What only the load knows comes in as values.
with event as (
    select unnest([applied_on, enrolled_on, paid_on, cancelled_on, state_on, certified_on]) as day from enrolment
    union all
    select cancelled_on from edition
    union all
    select signed_on from endorsement
),

newest as (
    select
        (select max(day) from event where day <= getvariable('today')) as event_on,
        (select max(starts_on) from edition where starts_on <= getvariable('today')) as start_on
)

select
    $build_id as build_id,
    $built_at::timestamp as built_at,
    $code_version as code_version,
    $rules_version as rules_version,
    $key_id as key_id,
    $is_sample::boolean as is_sample,
    coalesce(event_on, start_on, getvariable('today')) as newest_event_on
from newest
