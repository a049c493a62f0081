-- Grain: one row per edition, with what its teachers, partners and learners add up to at the cut-off.
with taught as (
    select
        edition_id,
        sum(hours) as known_hours,
        coalesce(sum(hours) filter (where staff_type = 'upv_academic'), 0) as upv_academic_hours,
        coalesce(sum(hours) filter (where staff_type = 'upv_other'), 0) as upv_other_hours,
        coalesce(sum(hours) filter (where staff_type = 'external_academic'), 0) as external_academic_hours,
        coalesce(sum(hours) filter (where staff_type = 'external_professional'), 0) as external_professional_hours,
        count(distinct teacher_key) as teachers
    from loaded.teaching
    group by edition_id
),

enrolled as (
    select
        edition_id,
        count(*) filter (where is_enrolment) as enrolments,
        count(*) filter (where is_entry) as entries,
        count(*) filter (where is_credential) as credentials
    from enrolment
    group by edition_id
),

endorsed as (
    select
        course_id,
        count(*) as endorsements,
        string_agg(distinct entity, ' · ' order by entity) as entities
    from loaded.endorsement
    where coalesce(signed_on <= $as_of, true)
    group by course_id
)

select
    e.row_key,
    e.edition_id,
    e.course_id as course,
    e.edition_number,
    e.title,
    coalesce(e.title_va, e.title) as title_va,
    e.academic_year,
    s.is_offered,
    s.is_cancelled,
    s.is_postponed,
    s.has_started,
    s.has_ended,
    case
        when s.is_cancelled then 'cancelled'
        when e.state = 'draft' then 'draft'
        when s.has_ended then 'finished'
        when s.is_postponed then 'postponed'
        when s.has_started then 'running'
        else 'scheduled'
    end as situation,
    e.starts_on,
    e.ends_on,
    e.enrolment_opens_on,
    e.enrolment_closes_on,
    e.hours,
    e.ects,
    e.places,
    e.price as price_eur,
    e.is_funded,
    e.is_digital_skills,
    e.field as field_code,
    coalesce(e.campus, 'unknown') as campus,
    coalesce(e.centre, 'unknown') as centre,
    coalesce(left(e.field, 2), 'unknown') as field,
    e.delivery,
    e.delivery_group,
    coalesce(e.eqf_level::varchar, 'unknown') as eqf_level,
    coalesce(e.language, 'unknown') as language,
    coalesce(e.entry_requirement, 'unknown') as entry_requirement,
    e.department,
    t.known_hours,
    t.upv_academic_hours,
    t.upv_other_hours,
    t.external_academic_hours,
    t.external_professional_hours,
    coalesce(t.teachers, 0) as teachers,
    coalesce(n.enrolments, 0) as enrolments,
    coalesce(n.entries, 0) as entries,
    coalesce(n.credentials, 0) as credentials,
    coalesce(d.endorsements, 0) as endorsements,
    d.entities
from loaded.edition as e
join edition_status as s using (edition_id)
left join taught as t using (edition_id)
left join enrolled as n using (edition_id)
left join endorsed as d using (course_id)
