-- Grain: one row per enrolment record. What it was at the cut-off, with the traits it is filtered and split by.
with dated as (
    select
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
        coalesce(application_on <= $as_of, true) as is_application,
        is_in_cancellation_state and coalesce(cancellation_on <= $as_of, true) as is_cancelled,
        state = 'enrolled' or (is_in_cancellation_state and enrolled_on is not null) as reached_enrolled
    from dated
),

counted as (
    select
        r.*,
        s.is_offered,
        s.has_started,
        s.has_ended,
        r.is_application and r.reached_enrolled and coalesce(r.dated_on <= $as_of, true) as was_enrolled,
        greatest(e.starts_on, coalesce(r.dated_on, e.starts_on)) as possible_entry_on
    from reached as r
    join loaded.edition as e using (edition_id)
    join edition_status as s using (edition_id)
),

entered as (
    select
        *,
        was_enrolled and is_offered and has_started and possible_entry_on <= $as_of
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
),

entitled as (
    select
        *,
        case
            when age not between $youngest and $oldest then 'not_eligible'
            when nationality <> 'ES' and residence <> 'ES' then 'not_eligible'
            when age is null then 'undetermined'
            when nationality = 'ES' or residence = 'ES' then 'eligible'
            else 'undetermined'
        end as eligibility,
        round(base_price_eur * $reduction_share::decimal(3, 2), 2)::decimal(12, 2) as supported_reduction_eur,
        coalesce(
            reduction_amount,
            round(reduction_rate * base_price_eur, 2)::decimal(12, 2),
            0::decimal(12, 2)
        ) as applied_reduction_eur
    from aged
),

judged as (
    select
        *,
        case
            when tariff in ('reduced_100', 'group') then 'other_tariff'
            when base_price_eur is null then 'no_price'
            when base_price_eur = 0 then 'none'
            when eligibility = 'undetermined' then 'undetermined'
            when eligibility = 'not_eligible' then if(applied_reduction_eur > 0, 'undue', 'none')
            when applied_reduction_eur <= 0 then 'missed'
            when abs(applied_reduction_eur - supported_reduction_eur) <= 0.01 then 'correct'
            else 'wrong_amount'
        end as verdict
    from entitled
),

first_entries as (
    -- Common indicator 10 counts a person once, in the gender and age of the first entry: of the half-year, and of all.
    select
        row_key,
        first_value(coalesce(gender, 'unknown')) over half_year as ci10_gender,
        first_value(age_at_entry) over half_year as ci10_age,
        first_value(coalesce(gender, 'unknown')) over ever as ci10_cumulative_gender,
        first_value(age_at_entry) over ever as ci10_cumulative_age
    from judged
    where is_entry and is_funded
    window
        half_year as (
            partition by person_key, year(possible_entry_on), month(possible_entry_on) > 6
            order by possible_entry_on, enrolment_id
        ),
        ever as (partition by person_key order by possible_entry_on, enrolment_id)
)

select
    j.row_key,
    j.enrolment_id,
    j.edition_id,
    j.person_key,
    j.title,
    j.starts_on,
    j.state,
    j.application_on,
    j.dated_on as enrolled_on,
    j.cancellation_on,
    j.certified_on,
    if(j.is_entry, j.possible_entry_on, null) as entry_on,
    date_diff('day', j.dated_on, j.starts_on) as days_before_start,
    j.is_offered,
    j.has_ended,
    j.is_funded,
    j.is_digital_skills,
    j.is_application,
    j.was_enrolled,
    j.was_enrolled and j.is_cancelled as is_cancelled,
    j.was_enrolled and not j.is_cancelled and j.is_offered as is_enrolment,
    j.is_entry,
    j.is_entry and coalesce(j.certified_on <= $as_of, false) as is_credential,
    j.result,
    j.ects,
    j.hours,
    j.born_on,
    j.age,
    if(j.is_entry, j.age_at_entry, null) as age_at_entry,
    j.nationality,
    j.residence,
    j.base_price_eur,
    j.applied_reduction_eur,
    j.supported_reduction_eur,
    j.amount_due,
    j.amount_paid,
    j.verdict,
    j.eligibility,
    j.course_id as course,
    coalesce(j.campus, 'unknown') as campus,
    coalesce(j.centre, 'unknown') as centre,
    coalesce(left(j.field, 2), 'unknown') as field,
    j.delivery,
    j.delivery_group,
    coalesce(j.eqf_level::varchar, 'unknown') as eqf_level,
    coalesce(j.language, 'unknown') as language,
    coalesce(j.entry_requirement, 'unknown') as entry_requirement,
    coalesce(j.gender, 'unknown') as gender,
    case
        when j.age is null then 'unknown'
        when j.age < 25 then 'under_25'
        when j.age < 35 then '25_34'
        when j.age < 45 then '35_44'
        when j.age < 55 then '45_54'
        when j.age < 65 then '55_64'
        else '65_over'
    end as age_band,
    coalesce(j.tariff, 'unknown') as tariff,
    coalesce(j.province, 'unknown') as province,
    f.ci10_gender,
    ci10_age_band(f.ci10_age) as ci10_age_band,
    f.ci10_cumulative_gender,
    ci10_age_band(f.ci10_cumulative_age) as ci10_cumulative_age_band
from judged as j
left join first_entries as f using (row_key)
