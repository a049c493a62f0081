-- Grain: one row per entry in a funded edition. Common indicator 10 counts a person once, in the gender and age of the first
-- entry: of the half-year, and of all.
select
    position,
    first_value(coalesce(gender, 'unknown')) over half_year as ci10_gender,
    ci10_age_band(first_value(age_at_entry) over half_year) as ci10_age_band,
    first_value(coalesce(gender, 'unknown')) over ever as ci10_cumulative_gender,
    ci10_age_band(first_value(age_at_entry) over ever) as ci10_cumulative_age_band
from standing($as_of)
where is_entry and is_funded
window
    half_year as (
        partition by person_key, year(possible_entry_on), month(possible_entry_on) > 6
        order by possible_entry_on, enrolment_id
    ),
    ever as (partition by person_key order by possible_entry_on, enrolment_id)
