-- export: endorsements
-- outcome: flag
-- field: signed_on
select row_key, say_day(signed_on) as found
from parsed.endorsements
where signed_on > getvariable('today')
