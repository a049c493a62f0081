-- Grain: one row per enrolment, in its newest state.
select
    enrolment_id,
    course_id || '/' || edition_number as edition_id,
    person_key,
    person_basis,
    gender,
    born_on,
    nationality,
    residence,
    -- Five digits abroad may look like a Spanish postcode.
    if(coalesce(residence, 'ES') = 'ES', postcode, null) as province,
    education_level,
    employment,
    tariff,
    base_price,
    reduction_rate,
    reduction_amount,
    amount_due,
    amount_paid,
    applied_on,
    enrolled_on,
    paid_on,
    cancelled_on,
    state_on,
    state,
    attendance,
    result,
    certified_on,
    row_key
from parsed.enrolments
order by file_number, file_line
