"""Placeholder."""
from pages.parts.frame import close_page, open_page
view = open_page("trends")
close_page(view)
