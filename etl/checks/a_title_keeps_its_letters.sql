-- export: catalogue
-- outcome: flag
-- field: title
-- A question mark or a replacement sign inside a word is a letter that some system could not write.
select row_key, concat_ws(' / ', title, title_va) as found
from edition_candidate
where regexp_matches(concat_ws(' ', title, title_va), '\pL[?\x{FFFD}]\pL|\x{FFFD}|Ã[\x{80}-\x{BF}]')
