-- export: catalogue
-- outcome: flag
-- field: title
select c.row_key, concat_ws(' / ', coalesce(r.title, r.title_va), r.state) as found
from edition_candidate as c
join raw.catalogue as r using (row_key)
where c.title_says <> c.state
