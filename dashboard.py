"""The dashboard: page setup, language and navigation."""

import logging

import streamlit as st

from analytics.words import LANGUAGES, words
from pages.parts import link
from pages.parts.frame import ICON, STYLE, language, show_failure
from pages.parts.numbers import settle_memory
from pages.parts.permission import MAY_READ, standing
from pages.parts.sign_in import show_account, show_sign_in
from pages.parts.upload import sweep_uploads

PAGES = {
    "overview": ":material/flag:",
    "catalogue": ":material/menu_book:",
    "modality": ":material/cast_for_education:",
    "teaching": ":material/co_present:",
    "discount": ":material/percent:",
    "trends": ":material/trending_up:",
    "funding": ":material/account_balance:",
    "evidence": ":material/assignment_late:",
    "data_quality": ":material/fact_check:",
    "passport": ":material/account_tree:",
    "definitions": ":material/dictionary:",
}


HTML_LANGUAGES = {"es": "es", "va": "ca-valencia", "en": "en"}


def open_first_page() -> None:
    """What is served by the name of the first page, whose address has none."""
    st.switch_page(f"pages/{link.FIRST_PAGE}.py", query_params=st.session_state["link"])


def navigation(is_shown: bool):
    """The pages, named in the reader's language. Without sections: the framework's lists of them break WCAG 1.3.1.

    Also for a reader who may see none of them: until it is called, the framework serves the files of pages/ by itself.
    """
    says = language()
    return st.navigation(
        [
            st.Page(
                f"pages/{key}.py", title=says(f"page.{key}.nav"), icon=icon, default=key == link.FIRST_PAGE,
                url_path="first" if key == link.FIRST_PAGE else key,
            )
            for key, icon in PAGES.items()
        ] + [st.Page(open_first_page, title=says("app.name"), url_path=link.FIRST_PAGE, visibility="hidden")],
        position="sidebar" if is_shown else "hidden",
    )


def choose_language() -> None:
    says = language()
    with st.sidebar:
        st.html(f"<p class='mc-brand'>{says('app.name')}<span>{says('app.owner')}</span></p>")
        link.choose_one(
            "lang", list(LANGUAGES), "es", st.segmented_control,
            label=says("app.language"), format_func=lambda code: words(code)(f"language.{code}"), required=True,
        )


st.set_page_config(page_title="Monitor de microcredenciales", page_icon=str(ICON), layout="wide")
st.html(STYLE)
link.read_link()
choose_language()
settle_memory()
sweep_uploads()
# The framework declares every page English; a screen reader then reads Spanish with an English voice.
# It leaves what opens over the page, such as a popover, without the page's scheme of colours: light-dark() needs it.
say_to_browser = f"""<script>
    document.documentElement.lang = '{HTML_LANGUAGES[language().language]}';
    document.documentElement.style.colorScheme = getComputedStyle(document.querySelector('.stApp')).colorScheme;
</script>"""
st.html(say_to_browser, unsafe_allow_javascript=True)
try:
    reader = standing()
    page = navigation(reader in MAY_READ)
    if reader == "known":
        with st.sidebar:
            show_account(language())
    if reader in MAY_READ:
        page.run()
    else:
        show_sign_in(language(), reader)
except Exception:  # the one place where a reader is told; what happened is in the log, without any row of data
    logging.getLogger("dashboard").exception("The page could not be shown")
    show_failure(language())
