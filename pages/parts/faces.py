"""The faces of a figure, one of them shown: chosen in the browser, without asking the server."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.words import Words

# The framework's own tabs take the browser about 20 ms a figure at every change of filter, a third of the whole.


def lay_faces(says: Words, key: str, faces: Sequence[str]) -> dict[str, DeltaGenerator]:
    """A place for each face, the first of them shown; style.css hides the others. key: unique on the page."""
    figure = st.container(key=f"mc-figure-{key}", gap=None)
    # Always the same for a figure: what the reader chose stays when its numbers change.
    buttons = "".join(_button(says, key, face, is_shown=face == faces[0]) for face in faces)
    label = escape(says("figure.faces"), quote=True)
    figure.html(f"<div class='mc-faces' role='radiogroup' aria-label='{label}'>{buttons}</div>")
    return {face: figure.container(key=f"mc-face-{face}-{key}") for face in faces}


def _button(says: Words, key: str, face: str, is_shown: bool) -> str:
    name, mark = escape(key, quote=True), " checked" if is_shown else ""
    word = escape(says(f"figure.{face}"))
    return f"<label><input type='radio' name='{name}' value='{face}'{mark}><span>{word}</span></label>"
