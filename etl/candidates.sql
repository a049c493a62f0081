-- What the checks look at: rows that were read and are not decided upon yet. `parsed` lives in memory during a load.

create temp macro say_day(day) as strftime(day, '%d-%m-%Y');

create temp view edition_candidate as
select
    *,
    -- The 60/40 of the programme counts live remote teaching as online, whatever the modality is called.
    case
        when modality = 'in_person' and coalesce(channel, 'classroom') = 'classroom' then 'in_person'
        when modality = 'in_person' and channel = 'virtual_classroom' then 'online_sync'
        when modality = 'in_person_remote' then 'online_sync'
        when modality = 'online' and coalesce(channel, 'asynchronous') = 'asynchronous' then 'online_async'
        when modality = 'online' and channel = 'virtual_classroom' then 'online_sync'
        when modality = 'blended' then 'blended'
    end as delivery
from parsed.catalogue;

-- Somebody born on 29 February completes a year on 1 March of a common year.
create temp macro completed_years(born_on, day) as
    year(day) - year(born_on) - ((month(day), day(day)) < (month(born_on), day(born_on)))::integer;

create temp view enrolment_candidate as
with beside_its_edition as (
    select
        n.*,
        n.state in ('cancelled', 'withdrawn', 'refunded', 'course_cancelled') as is_cancellation,
        e.starts_on,
        completed_years(n.born_on, e.starts_on) as age,
        e.price as edition_price,
        coalesce(n.base_price, e.price) as price_in_force,
        coalesce(e.cancelled_on is not null or e.state = 'cancelled' or e.title_says = 'cancelled', false)
            as edition_is_cancelled
    from parsed.enrolments as n
    left join edition as e using (course_id, edition_number)
)

select
    *,
    state = 'enrolled' or (is_cancellation and enrolled_on is not null) as reached_enrolled,
    coalesce(reduction_amount, round(reduction_rate * price_in_force, 2)) as applied_reduction,
    base_price - coalesce(reduction_amount, round(reduction_rate * price_in_force, 2), 0) - amount_due as residual
from beside_its_edition;
