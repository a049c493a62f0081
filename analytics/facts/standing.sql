-- Grain: one row per enrolment record, by its position in the build. What had become of it at the cut-off, and of which edition.
with dated as (
    select
        n.rowid as position,
        n.*,
        n.state in ('cancelled', 'withdrawn', 'refunded', 'course_cancelled') as is_in_cancellation_state,
        coalesce(n.cancelled_on, n.state_on) as cancellation_on,
        case
            when n.state = 'enrolled' then coalesce(n.enrolled_on, n.paid_on, n.applied_on, n.state_on)
            else n.enrolled_on
        end as dated_on,
        coalesce(n.applied_on, n.enrolled_on) as application_on
    from loaded.enrolment as n
),

reached as (
    select
        *,
        coalesce(application_on <= cut_off, true) as is_application,
        is_in_cancellation_state and coalesce(cancellation_on <= cut_off, true) as is_cancelled,
        state = 'enrolled' or (is_in_cancellation_state and enrolled_on is not null) as reached_enrolled
    from dated
),

counted as (
    select
        r.*,
        s.is_offered,
        s.has_started,
        s.has_ended,
        r.is_application and r.reached_enrolled and coalesce(r.dated_on <= cut_off, true) as was_enrolled,
        greatest(e.starts_on, coalesce(r.dated_on, e.starts_on)) as possible_entry_on
    from reached as r
    join loaded.edition as e using (edition_id)
    join edition_status as s using (edition_id)
),

entered as (
    select
        *,
        was_enrolled and is_offered and has_started and possible_entry_on <= cut_off
            and (not is_cancelled or coalesce(cancellation_on > possible_entry_on, false)) as is_entry
    from counted
),

aged as (
    select
        n.*,
        e.course_id,
        e.title,
        e.starts_on,
        e.hours,
        e.ects,
        e.is_funded,
        e.is_digital_skills,
        e.campus,
        e.centre,
        e.field,
        e.delivery,
        e.delivery_group,
        e.eqf_level,
        e.language,
        e.entry_requirement,
        coalesce(n.base_price, e.price) as base_price_eur,
        -- Completed years; someone born on 29 February completes one on 1 March of a common year.
        year(e.starts_on) - year(n.born_on)
            - ((month(e.starts_on), day(e.starts_on)) < (month(n.born_on), day(n.born_on)))::integer as age,
        year(n.possible_entry_on) - year(n.born_on)
            - ((month(n.possible_entry_on), day(n.possible_entry_on)) < (month(n.born_on), day(n.born_on)))::integer
            as age_at_entry
    from entered as n
    join loaded.edition as e using (edition_id)
)

select * from aged
