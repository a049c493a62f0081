-- export: catalogue
-- outcome: flag
-- field: places
-- No edition has no places at all: 0 is how a system says that it does not know.
select c.row_key, r.places as found
from edition_candidate as c
join raw.catalogue as r using (row_key)
where c.places is null and regexp_full_match(r.places, '0+([.,]0+)?')
