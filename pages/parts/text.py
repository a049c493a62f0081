"""Text on a page, shown as it is: nothing in it is ever read as markup."""

from html import escape

import streamlit as st


def paragraph(style: str, text: str, tag: str = "p") -> None:
    """A text shown literally, in one of the styles of style.css."""
    st.html(f"<{tag} class='{style}'>{escape(text)}</{tag}>")


def literal(text: str) -> str:
    """Data in a Markdown slot, shown as it is: every character that Markdown could read is escaped."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#+-.!|~:$&^=@/" else letter for letter in text)
