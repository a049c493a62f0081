-- Grain: one row per row of the teaching export, with the traits of its edition.
select
    t.row_key,
    t.edition_id,
    t.teacher_key,
    t.hours,
    t.staff_type,
    e.is_offered,
    e.is_funded,
    e.is_digital_skills,
    e.course,
    e.campus,
    e.centre,
    e.field,
    e.delivery,
    e.delivery_group,
    e.eqf_level,
    e.language,
    e.entry_requirement,
    e.starts_on
from loaded.teaching as t
join edition as e using (edition_id)
