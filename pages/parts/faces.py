"""The faces of a figure, one of them shown: chosen in the browser, without asking the server."""

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from analytics.words import Words

DOWNLOAD = "download"
# The framework's own tabs take the browser about 20 ms a figure at every change of filter, a third of the whole; every
# place and every element of a figure takes it some more, so there are as few as can be.


def show_faces_of(
    says: Words, key: str, texts: Mapping[str, str], offer: Callable[[], None],
    drawn: str | None = None, draw: Callable[[], object] | None = None,
) -> None:
    """The faces in their order, the first of them shown; style.css hides the others. key: unique on the page.

    drawn, draw: the name of the first face and what writes it, as one element or one container, when it is no text.
    texts: the faces that are HTML. offer: writes the last one.
    """
    faces = [*([drawn] if drawn else []), *texts, DOWNLOAD]
    with st.container(key=f"mc-figure-{key}", gap=None):
        # Always the same for a figure: what the reader chose stays when its numbers change.
        st.html(_write_buttons(says, key, faces, drawn))
        if draw:
            draw()
        st.html("".join(f"<div class='mc-face mc-face-{face}'>{text}</div>" for face, text in texts.items()))
        offer()


def _write_buttons(says: Words, key: str, faces: list[str], drawn: str | None) -> str:
    buttons = "".join(_button(says, key, face, face == faces[0], face == drawn) for face in faces)
    label = escape(says("figure.faces"), quote=True)
    return f"<div class='mc-faces' role='radiogroup' aria-label='{label}'>{buttons}</div>"


def _button(says: Words, key: str, face: str, is_shown: bool, is_drawn: bool) -> str:
    name, mark = escape(key, quote=True), f"{' checked' if is_shown else ''}{' data-drawn' if is_drawn else ''}"
    word = escape(says(f"figure.{face}"))
    return f"<label><input type='radio' name='{name}' value='{face}'{mark}><span>{word}</span></label>"
