"""The faces of a figure, one of them shown: chosen in the browser. The server makes downloads once they are opened."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from analytics.words import Words

DOWNLOAD = "download"
KEY, OPENED = "faces", "downloads_opened"
# The framework's own tabs take the browser about 20 ms a figure at every change of filter, a third of the whole; every
# place, element and above all button of a figure takes it some more, so there are as few as can be.
_listener = st.components.v2.component(
    KEY, html="<span></span>", js=Path(__file__).with_name("faces.js").read_text(encoding="utf-8")
)


def listen() -> None:
    """Hear which downloads a reader opens; once a page."""
    _listener(key=KEY, on_opened_change=_note_opened)


def _note_opened() -> None:
    st.session_state.setdefault(OPENED, set()).add(str(st.session_state[KEY].get("opened")))


def is_opened(key: str) -> bool:
    """Whether the downloads of a figure were opened in this session."""
    return key in st.session_state.get(OPENED, ())


def show_faces_of(
    says: Words, key: str, texts: Mapping[str, str], offer: Callable[[], None],
    drawn: str | None = None, draw: Callable[[], object] | None = None,
) -> None:
    """The faces in their order, the first of them shown; style.css hides the others. key: unique on the page.

    drawn, draw: the name of the first face and what writes it, as one element or one container, when it is no text.
    texts: the faces that are HTML. offer: writes the last one, once it has been opened.
    """
    faces = [*([drawn] if drawn else []), *texts, DOWNLOAD]
    told = f"<p class='mc-small' role='status'>{escape(says('download.waiting'))}</p>"
    waiting = {} if is_opened(key) else {DOWNLOAD: told}
    with st.container(key=f"mc-figure-{key}", gap=None):
        # Always the same for a figure: what the reader chose stays when its numbers change.
        st.html(_write_buttons(says, key, faces, drawn))
        if draw:
            draw()
        written = {**texts, **waiting}.items()
        st.html("".join(f"<div class='mc-face mc-face-{face}'>{text}</div>" for face, text in written))
        if not waiting:
            offer()


def _write_buttons(says: Words, key: str, faces: list[str], drawn: str | None) -> str:
    buttons = "".join(_button(says, key, face, face == faces[0], face == drawn) for face in faces)
    label = escape(says("figure.faces"), quote=True)
    return f"<div class='mc-faces' role='radiogroup' aria-label='{label}'>{buttons}</div>"


def _button(says: Words, key: str, face: str, is_shown: bool, is_drawn: bool) -> str:
    name, mark = escape(key, quote=True), f"{' checked' if is_shown else ''}{' data-drawn' if is_drawn else ''}"
    word = escape(says(f"figure.{face}"))
    return f"<label><input type='radio' name='{name}' value='{face}'{mark}><span>{word}</span></label>"
