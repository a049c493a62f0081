"""Placeholder."""
from pages.parts.frame import close_page, open_page
view = open_page("discount")
close_page(view)
