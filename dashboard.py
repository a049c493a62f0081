"""The dashboard: page setup, language and navigation."""

import logging

import streamlit as st

from analytics.words import LANGUAGES, words
from pages.parts import link
from pages.parts.frame import ICON, STYLE, language, show_failure
from pages.parts.numbers import settle_memory

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


def navigation():
    """The pages, named in the reader's language. Without sections: the framework's lists of them break WCAG 1.3.1."""
    says = language()
    return st.navigation(
        [
            st.Page(f"pages/{key}.py", title=says(f"page.{key}.nav"), icon=icon, default=key == "overview")
            for key, icon in PAGES.items()
        ]
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
# The framework declares every page English; a screen reader then reads Spanish with an English voice.
say_language = f"<script>document.documentElement.lang = '{HTML_LANGUAGES[language().language]}'</script>"
st.html(say_language, unsafe_allow_javascript=True)
page = navigation()
try:
    page.run()
except Exception:  # the one place where a reader is told; what happened is in the log, without any row of data
    logging.getLogger("dashboard").exception("The page %s could not be shown", page.url_path)
    show_failure(language())
