-- export: catalogue
-- outcome: empty
-- field: price
select row_key, price as found
from edition_candidate
where price < 0
