-- export: catalogue
-- outcome: reject
-- field: modality
-- Both words were read, but they do not go together: neither line of the delivery table fits.
select c.row_key, concat_ws(' + ', r.modality, r.channel) as found
from edition_candidate as c
join raw.catalogue as r using (row_key)
where c.delivery is null and c.modality is not null
