"""The figures of each page in two states, taken off the page as they are sent to a browser: what there is to paint."""

import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from streamlit.proto.Html_pb2 import Html
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent
FIRST_PAGE = "overview"
OPEN_SECONDS = 120
# Where the second of the faces begins that are one text.
NEXT_FACE = "</div><div class='mc-face "
# (what it is, as it is sent): a chart, a table of the framework, or a table in HTML.
Sent = tuple[str, bytes]
States = tuple[list[Sent], list[Sent]]


def prepare_figures(pages: Sequence[str], settings: Mapping[str, str], key: str, path: Path) -> None:
    """Write the figures of every page that has the filter, before and after its first value was chosen."""
    with patch.dict(os.environ, settings):
        found = {name: states for name in pages if (states := two_states(name, key))}
    path.write_bytes(pickle.dumps(found))


def two_states(name: str, key: str) -> States | None:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=OPEN_SECONDS).run()
    if name != FIRST_PAGE:
        app.switch_page(f"pages/{name}.py").run()
    filters = [box for box in app.multiselect if box.key == f"choice_{key}"]
    if not filters:
        return None
    before = list(shown(app.main))
    filters[0].select(filters[0].options[0]).run()
    return before, list(shown(app.main))


def shown(block) -> Iterator[Sent]:
    """What a reader sees of the figures: of several faces, the first, which comes after their buttons."""
    has_faces = "-mc-figure-" in getattr(block.proto, "id", "")
    for child in list(block.children.values())[: 2 if has_faces else None]:
        if hasattr(child, "children"):
            yield from shown(child)
        elif child.type in ("plotly_chart", "dataframe"):
            yield child.type, child.proto.SerializeToString()
        elif "<table" in getattr(child.proto, "body", ""):
            yield child.type, Html(body=child.proto.body.split(NEXT_FACE)[0]).SerializeToString()
