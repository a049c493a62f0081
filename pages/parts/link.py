"""The link: what a reader chose lives in the address, by key and not by its words, and so opens in any language."""

from collections.abc import Collection, Sequence

import streamlit as st

# Streamlit's own bind="query-params" writes the translated labels of the options: such a link has one language only.

FIRST_PAGE = "overview"


def path_of(page: str) -> str:
    """The address of a page from any other one; the framework serves the first where the dashboard itself is."""
    return "./" if page == FIRST_PAGE else page


def read_link() -> None:
    """Take over what the address says when a link was opened or followed since it was last written.

    An empty address says nothing: the framework empties it on every change of page, and the choices stay.
    """
    address = {key: st.query_params.get_all(key) for key in st.query_params}
    if address and address != st.session_state.get("link_as_written"):
        if "link" in st.session_state:
            _start_widgets_again()
        st.session_state["link"] = address
        st.session_state["link_is_new"] = True
    st.session_state.setdefault("link", {})
    st.session_state["link_next"] = {}


def write_link(understood: Collection[str] = ()) -> None:
    """Put what was chosen on this page, and nothing that is a default, into the address.

    understood: keys that the address need not say, because the saved view in it does.
    """
    st.session_state["link"] = dict(st.session_state["link_next"])
    address = {key: values for key, values in st.session_state["link"].items() if key not in understood}
    st.session_state["link_as_written"] = address
    if address != {key: st.query_params.get_all(key) for key in st.query_params}:
        st.query_params.from_dict(address)


def is_new() -> bool:
    """Whether the reader has just come by a link; asked once, by who takes over what it stands for."""
    return st.session_state.pop("link_is_new", False)


def chosen(key: str) -> list[str]:
    """The values that the link gives to a key."""
    return st.session_state["link"].get(key, [])


def wanted(key: str) -> str:
    """What a choice is before its widget is drawn, whatever its options; "" for its default."""
    answer = st.session_state.get(_state(key), next(iter(chosen(key)), None))
    return "" if answer is None else str(answer)


def is_chosen(key: str) -> bool:
    """Whether a choice of this page, already drawn, is another than its default."""
    return key in st.session_state["link_next"]


def current(key: str, options: Sequence[str], default: str) -> str:
    """The choice of a key before its widget is drawn."""
    wanted = st.session_state.get(_state(key)) or next(iter(chosen(key)), default)
    return wanted if wanted in options else default


def choose_one(key: str, options: list, default, widget, **settings):
    """A widget for one of the options, opening on what the link says; a default leaves no trace in the link."""
    state = _state(key)
    wanted = st.session_state.get(state)
    if state not in st.session_state or wanted not in options:  # None may be one of the options
        wanted = next((option for option in options if str(option) in chosen(key)[:1]), default)
    st.session_state[state] = wanted  # said on every run: on a change of page the framework forgets it otherwise
    answer = widget(options=options, key=state, **settings)
    answer = default if answer is None else answer
    if answer != default:
        st.session_state["link_next"][key] = [str(answer)]
    return answer


def choose_several(key: str, options: list[str], widget, **settings) -> list[str]:
    """A widget for any of the options, opening on what the link says; all and none are the same."""
    state = _state(key)
    wanted = st.session_state.get(state, chosen(key))
    st.session_state[state] = [option for option in wanted if option in options]
    answer = list(widget(options=options, key=state, **settings))
    if answer:
        st.session_state["link_next"][key] = answer
    return answer


def choose_for_reader(key: str, value: object) -> None:
    """Choose what a reader chose elsewhere than in the widget of the key, such as in a list; for callbacks."""
    st.session_state[_state(key)] = value


def put(**choices: Sequence[str]) -> None:
    """Choose these values for their keys, none for the default; for callbacks of what is not the widget of a key."""
    st.session_state["link"] |= {key: list(values) for key, values in choices.items()}
    _start_widgets_again()


def start_from(**choices: Sequence[str]) -> None:
    """Choose these values and the default of everything else but the language."""
    kept = {"lang": chosen("lang")} if chosen("lang") else {}
    st.session_state["link"] = kept
    put(**choices)


def forget(*keys: str) -> None:
    """Go back to the default of these choices; for buttons."""
    for key in keys:
        st.session_state["link"].pop(key, None)
    _start_widgets_again()


def _start_widgets_again() -> None:
    """Give every widget of a choice another name, so that it opens on the link.

    A widget in a closed popover is not there to be told a new value: its browser would send the old one with the next
    click, and what was taken off would come back.
    """
    st.session_state["link_generation"] = st.session_state.get("link_generation", 0) + 1


def _state(key: str) -> str:
    generation = st.session_state.get("link_generation", 0)
    return f"choice_{key}_{generation}" if generation else f"choice_{key}"


def address_of(**choices: str) -> dict[str, list[str]]:
    """The parameters of a link to another page that keeps what was chosen here and adds to it."""
    return st.session_state["link_next"] | {key: [value] for key, value in choices.items()}


def choose_text(key: str, widget, **settings) -> str:
    """A box to write in, opening on what the link says; an empty one leaves no trace in the link."""
    state = _state(key)
    if st.session_state.get(state) is None:
        st.session_state[state] = next(iter(chosen(key)), "")
    answer = (widget(key=state, **settings) or "").strip()
    if answer:
        st.session_state["link_next"][key] = [answer]
    return answer


def keep(*keys: str) -> None:
    """Leave these choices in the link though their widgets are not shown now."""
    kept = {key: chosen(key) for key in keys if chosen(key)}
    st.session_state["link_next"] |= kept
