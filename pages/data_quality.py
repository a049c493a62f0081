"""Placeholder."""
from pages.parts.frame import close_page, open_page
view = open_page("data_quality")
close_page(view)
