"""Text on a page, shown as it is: nothing in it is ever read as markup."""

import re
from html import escape

import streamlit as st

DAY = re.compile(r"(?<![\w-])\d{2}-\d{2}-\d{4}(?![\w-])")


def paragraph(style: str, text: str, tag: str = "p") -> None:
    """A text shown literally, in one of the styles of style.css; no line ends within a date."""
    shown = DAY.sub(r"<span class='mc-whole'>\g<0></span>", escape(text))
    st.html(f"<{tag} class='{style}'>{shown}</{tag}>")


def literal(text: str) -> str:
    """Data in a Markdown slot, shown as it is: every character that Markdown could read is escaped."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#+-.!|~:$&^=@/" else letter for letter in text)
