"""The staged upload: files chosen, how they were understood, what is wrong, what would change; publish or leave."""

import streamlit as st
from streamlit import runtime
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.preview import FirstPreview, Preview, preview, preview_first
from analytics.words import Words
from etl.builds import Build, BuildError
from etl.sentences import load_sentences
from etl.upload import Upload, sweep
from etl.upload_guard import guard
from etl.upload_notes import Outcome, Understood
from pages.parts import upload_stages as stages
from pages.parts.frame import literal, paragraph, section
from pages.parts.numbers import builds_folder, newest_event, snapshot_at
from pages.parts.permission import may_load
from pages.parts.upload_words import script_of_uploader, style_of_uploader

ENDINGS = ["csv", "txt", "tsv", "tab", "xlsx", "xlsm", "xls", "xlsb", "ods"]
SECONDS_BETWEEN_LOOKS = 0.5
BYTES_IN_A_MEGABYTE = 1_000_000


def offer_first_load(says: Words) -> None:
    """What Data quality shows while there is no load to show: the upload, for those who may."""
    if not may_load():
        return paragraph("mc-text", says("no_build.ask"))
    show_upload(says, None)
    with st.expander(says("no_build.command"), icon=":material/terminal:"):
        paragraph("mc-text", says("no_build.how"))
        st.code("python -m etl data/incoming", language=None)
    return None


def show_upload(says: Words, current: Build | None) -> None:
    """current: the build that is shown. Nothing for those who may not load."""
    if not may_load():
        return
    section(says("upload.title" if current else "upload.first_title"))
    paragraph("mc-text", says("upload.text" if current else "upload.first_text"))
    show_stages(says, current)


@st.fragment
def show_stages(says: Words, current: Build | None) -> None:
    """Runs again by itself, without the figures of the page."""
    if not may_load():  # signed out, or the session ended, since the page was written
        st.rerun()
    with st.container(key="upload_stages"):
        show_stage(says, current)


def show_stage(says: Words, current: Build | None) -> None:
    say_what_happened(says)
    upload: Upload | None = st.session_state.get("upload")
    if upload and not upload.is_open:  # its reader was away for too long
        forget()
        upload = None
    if upload is None or not upload.has_started:
        stages.show_steps(says, "choose")
        choose_files(says, upload)
    elif outcome := upload.outcome():
        review(says, current, upload, outcome)
    else:
        watch(says, upload)


def say_what_happened(says: Words) -> None:
    if message := st.session_state.pop("upload_message", None):
        paragraph("mc-note", says(message))
    if refused := st.session_state.pop("upload_refused", None):
        paragraph("mc-note", load_sentences(says.language).say_file(*refused))


def choose_files(says: Words, upload: Upload | None) -> None:
    """What was sent goes at once to the private folder, and out of the memory of the server."""
    turn = st.session_state.get("upload_turn", 0)
    st.html(style_of_uploader(says))
    sent = st.file_uploader(says("upload.files"), ENDINGS, accept_multiple_files=True, key=f"upload_files_{turn}")
    st.html(script_of_uploader(says), unsafe_allow_javascript=True)
    if sent:
        upload = upload or start_upload()
        for file in sent:
            upload.save(file.name, file)
        st.session_state["upload"], st.session_state["upload_turn"] = upload, turn + 1
        st.rerun()
    if upload and upload.files():
        show_chosen(says, upload)


def start_upload() -> Upload:
    """Gone with its reader, also when they only close the browser."""
    upload, session = Upload(builds_folder()), get_script_run_ctx().session_id
    guard(upload, lambda: runtime.exists() and runtime.get_instance().is_active_session(session))
    return upload


@st.cache_resource(show_spinner=False)
def sweep_uploads() -> None:
    """Once a process: what a server that was killed has left in temporary folders."""
    sweep()


def show_chosen(says: Words, upload: Upload) -> None:
    for name, size in upload.files():
        row = st.container(horizontal=True, vertical_alignment="center")
        with row:
            megabytes = says.number(max(size, 100_000) / BYTES_IN_A_MEGABYTE, 1)
            paragraph("mc-text", says("upload.chosen", file=name, size=megabytes))
        help_text = says("upload.remove_help", file=literal(name))
        if row.button(says("upload.remove"), key=f"upload_remove_{name}", icon=":material/close:", help=help_text):
            upload.drop(name)
            st.rerun()
    buttons = st.container(horizontal=True)
    if buttons.button(says("upload.review"), key="upload_review", type="primary"):
        upload.start()
        st.rerun()
    offer_leave(says, buttons)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def watch(says: Words, upload: Upload) -> None:
    """The bar, for as long as the build is being prepared."""
    progress = upload.progress()
    if not upload.has_started or upload.outcome():
        st.rerun()
    stages.show_steps(says, "understand" if upload.understood() is None else "check")
    key = "reading" if progress.file_name else "checking" if progress.share else "opening"
    paragraph("mc-text", says(f"upload.{key}", file=progress.file_name, rows=says.number(progress.rows)))
    st.progress(progress.share)
    offer_leave(says, st.container(horizontal=True))


def review(says: Words, current: Build | None, upload: Upload, outcome: Outcome) -> None:
    """Every stage up to the first that fails."""
    understood = upload.understood()
    failed = None if not outcome.refusals else "understand" if understood is None else "check"
    stages.show_steps(says, failed or "publish", failed)
    if understood:
        stages.show_understood(says, understood)
        choose_extended(says, upload, understood)
    if failed:
        stages.show_refusals(says, outcome, current is not None)
        offer_leave(says, st.container(horizontal=True), "other_files")
        return
    draft = upload.draft()
    stages.show_troubles(says, draft, understood, outcome.losses)
    show_difference(says, current, draft)
    has_seen = stages.confirm_losses(says, outcome.losses, draft)
    buttons = st.container(horizontal=True)
    if buttons.button(says("upload.publish"), key="upload_publish", type="primary", disabled=not has_seen):
        publish(says, upload, has_seen)
    offer_leave(says, buttons)


def show_difference(says: Words, current: Build | None, draft: Build) -> None:
    """Worked out once a draft and kept for the session."""
    pair = (current and current.sha256, draft.sha256)
    kept = st.session_state.get("upload_preview")
    if kept is None or kept[0] != pair:
        kept = pair, compare(current, draft)
        st.session_state["upload_preview"] = kept
    show = stages.show_preview if current else stages.show_first_preview
    show(says, kept[1])


def compare(current: Build | None, draft: Build) -> Preview | FirstPreview:
    return preview(snapshot_at(current, newest_event(current)), draft) if current else preview_first(draft)


def choose_extended(says: Words, upload: Upload, understood: Understood) -> None:
    """For each export that came: whether the files of another name that the current build has go or stay."""
    extended = {
        export
        for export, names in understood.others().items()
        if st.segmented_control(
            says("upload.others", len(names), export=says(f"export.{export}"), files=literal(", ".join(names))),
            ["replace", "extend"], default="extend" if export in understood.extended else "replace", required=True,
            format_func=lambda choice: says(f"upload.{choice}"), key=f"upload_extended_{export}",
        ) == "extend"
    }  # fmt: skip
    if extended != understood.extended:
        upload.start(sorted(extended))
        st.rerun()


def publish(says: Words, upload: Upload, has_seen_losses: bool) -> None:
    try:
        if may_load():
            upload.publish(says.language, has_seen_losses)
            st.session_state["upload_message"] = "upload.published"
            forget()
    except BuildError as error:
        st.session_state["upload_refused"] = (error.rule, error.details)
        if error.rule == "another_load_was_published":
            upload.start(upload.extended)
    st.rerun()


def offer_leave(says: Words, place: DeltaGenerator, label: str = "leave") -> None:
    if place.button(says(f"upload.{label}"), key="upload_leave"):
        leave(st.session_state.get("upload"))


def leave(upload: Upload | None) -> None:
    """Nothing is published, and the files are gone."""
    if upload:
        upload.discard()
    forget()
    st.session_state["upload_message"] = "upload.left"
    st.rerun()


def forget() -> None:
    for key in ("upload", "upload_preview"):
        st.session_state.pop(key, None)
