"""Placeholder."""
from pages.parts.frame import close_page, open_page
view = open_page("teaching")
close_page(view)
