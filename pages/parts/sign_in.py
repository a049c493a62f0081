"""Signing in and out, where the secrets ask for it: what is shown in place of the pages, and who is signed in."""

import logging

import streamlit as st
from streamlit.errors import StreamlitAuthError

from analytics.words import Words
from pages.parts.frame import paragraph


def show_sign_in(says: Words, standing: str) -> None:
    """In place of every page, for a reader who may not see them: why, and what to do."""
    paragraph("mc-question", says("app.name"), tag="h1")
    paragraph("mc-answer mc-empty", says(f"sign_in.{standing}"))
    if standing == "stranger":
        paragraph("mc-text", says("sign_in.stranger_how"))
        show_account(says)
    elif st.button(says("sign_in.enter"), key="sign_in", type="primary", icon=":material/login:"):
        lead_to_provider(says)


def lead_to_provider(says: Words) -> None:
    try:
        st.login()
    except StreamlitAuthError:  # Authlib is not installed, or a setting is missing: the operator's to mend
        logging.getLogger("dashboard").exception("Nobody can sign in")
        paragraph("mc-note mc-failure", says("sign_in.broken"))


def show_account(says: Words) -> None:
    """Who is signed in, and the way out."""
    if email := st.user.get("email"):
        paragraph("mc-small", str(email))
    st.button(says("sign_in.leave"), key="sign_out", icon=":material/logout:", on_click=st.logout)
