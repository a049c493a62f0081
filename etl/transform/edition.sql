-- Grain: one row per accepted row of the catalogue, which is one per edition.
select
    course_id || '/' || edition_number as edition_id,
    course_id,
    edition_number,
    academic_year,
    coalesce(title, title_va) as title,
    title_va,
    title_says,
    modality,
    channel,
    delivery,
    case
        when delivery = 'in_person' then 'face_to_face'
        when delivery = 'blended' then 'blended'
        else 'online'
    end as delivery_group,
    hours,
    ects,
    eqf_level,
    field,
    enrolment_opens_on,
    enrolment_closes_on,
    starts_on,
    ends_on,
    cancelled_on,
    places,
    places_min,
    price,
    campus,
    centre,
    department,
    language,
    entry_requirement,
    coalesce(is_funded, true) as is_funded,
    coalesce(is_digital_skills, false) as is_digital_skills,
    state,
    row_key
from edition_candidate
order by file_number, file_line
