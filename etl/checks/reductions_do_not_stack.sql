-- export: enrolments
-- outcome: flag
-- field: reduction_amount
-- More than 70 % under the tariff of the 70 % is that reduction and another one.
select row_key, concat_ws(' / ', reduction_rate * 100 || ' %', applied_reduction || ' EUR') as found
from enrolment_candidate
where tariff = 'microcreds_70'
    and (reduction_rate > 0.70 or applied_reduction > round(price_in_force * 0.70::decimal(3, 2), 2) + 0.01)
