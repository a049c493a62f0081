-- Grain: one row per enrolment record. What it was at the cut-off, with the traits it is filtered and split by.
with entitled as (
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
    from standing($as_of)
    where position between $first and $last
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
    f.ci10_age_band,
    f.ci10_cumulative_gender,
    f.ci10_cumulative_age_band
from judged as j
left join first_entry as f using (position)
