-- export: catalogue
-- outcome: flag
-- field: ects
-- RD 822/2021 art. 37.8 asks for fewer than 15 ECTS.
select row_key, ects as found
from edition_candidate
where ects = 15
