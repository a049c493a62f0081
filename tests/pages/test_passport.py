"""Tracing a figure: by its code as printed or from a page, down to the lines of the files."""

from datetime import date
from urllib.parse import parse_qs

import pytest

from analytics.words import LANGUAGES, words
from reports.figures import code_of
from tests.analytics.small_build import publish_small_build
from tests.pages.test_every_page import failures, follow_link, open_page, texts

CODE = code_of(1, "reached/credentials_issued_eligible")


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """Three enrolments, a woman's and a man's certified by 15 February; somebody who may see rows."""
    monkeypatch.setattr("pages.parts.counted_rows.may_load", lambda: True)
    rows = [
        {"row_key": "enrolments-17", "certified_on": date(2026, 1, 10), "gender": "woman"},
        {"row_key": "enrolments-18", "certified_on": date(2026, 2, 1), "gender": "man"}, {},
    ]
    publish_small_build(tmp_path, edition=[{}], enrolment=rows)
    return tmp_path


def read(builds, monkeypatch, **link):
    app = follow_link("passport", builds, monkeypatch, **link)
    assert not failures(app)
    return app, " ".join(texts(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_metric_of_a_page_is_led_back_to_its_rows_under_the_filters(language, builds, monkeypatch):
    says = words(language)
    app, shown = read(builds, monkeypatch, lang=language, metric="credentials_issued_eligible", gender="woman")
    assert f"{says.metric('credentials_issued_eligible')}: 1." in shown
    assert says("page.passport.rows_of_enrolment", 1) in shown
    assert "enrolments.csv" in shown
    assert "enrolments-17" in shown and "enrolments-18" not in shown
    assert "chosen_gender" in " ".join(code.value for code in app.code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_as_printed_leads_to_its_rows_at_the_cut_off(language, builds, monkeypatch):
    says = words(language)
    _, shown = read(builds, monkeypatch, lang=language, code=CODE.lower(), as_of="2026-01-15")
    assert f"{CODE}.value" in shown and says("page.passport.same_again", value="1") in shown
    _, shown = read(builds, monkeypatch, lang=language, code=CODE)
    assert says("page.passport.rows_of_enrolment", 2) in shown


def test_a_code_with_filters_says_that_they_do_not_apply(builds, monkeypatch):
    _, shown = read(builds, monkeypatch, code=CODE, gender="woman")
    assert words("es")("page.passport.without_filters") in shown
    assert words("es")("page.passport.rows_of_enrolment", 2) in shown


@pytest.mark.parametrize("code", ["1-XXXXXXX", "<b>1</b>", "cifra"])
def test_a_code_that_no_figure_has_is_said_to_be_so(code, builds, monkeypatch):
    _, shown = read(builds, monkeypatch, code=code)
    assert f"Ninguna cifra tiene el código {code}." in shown


def test_those_who_may_not_see_rows_see_how_many_and_where(builds, monkeypatch):
    monkeypatch.setattr("pages.parts.counted_rows.may_load", lambda: False)
    app, shown = read(builds, monkeypatch, metric="credentials_issued_eligible")
    assert "enrolments.csv" in shown and words("es")("page.passport.rows_are_kept") in shown
    assert words("es")("page.passport.row.line") not in shown
    assert {button.key for button in app.get("download_button")} <= {"one_page_passport"}


def test_a_figure_that_is_worked_out_says_so(builds, monkeypatch):
    code = f"{code_of(1, 'targets/courses_certified')}.gap"
    _, shown = read(builds, monkeypatch, code=code)
    assert words("es")("page.passport.worked_out") in shown


def test_headline_figures_and_sources_lead_to_their_passports_with_the_filters(builds, monkeypatch):
    app = open_page("funding", builds, monkeypatch, gender="woman", lang="va")
    html = " ".join(element.proto.body for element in app.get("html"))
    address = "passport?metric=credentials_issued_eligible&amp;lang=va&amp;gender=woman"
    assert html.count(f"href='{address}'") >= 2


CUTS = {
    "metric=ci10_participants&period=to-2025-H2&cut=ci10_cumulative_gender:woman": "(CI10) [Sexo: Mujeres]: 272.",
    "metric=teaching_hours&cut=edition_id:098200/1&cut=staff_type:upv_academic": "Edición: 098200/1 · ",
    "metric=enrolments&cut=starts_by:2026-02-15&part=booked_before:30": "Días antes del inicio, como mínimo: 30",
    "metric=enrolments&cut=starts_after:2026-02-15&side=per_edition": "por edición ofertada",
    "metric=fill_rate&cut=course:098200&side=denominator": "el denominador",
    "metric=fill_rate&cut=nothing:1&cut=starts_by:soon&part=x&side=up&period=1999-H1&load=gone": "La carga gone",
    "metric=fill_rate&cut=nothing:1&cut=starts_by:soon&part=x&side=up": "Ocupación: ",
    "metric=editions_offered&cut=gender:woman&cut=booked_before:99999999999999999999": "Ediciones ofertadas: 47.",
}


@pytest.mark.parametrize("said", CUTS)
def test_a_number_says_what_holds_it_and_does_without_what_it_cannot_read(said, sample_builds, monkeypatch):
    app = open_page("overview", sample_builds, monkeypatch)
    app.session_state["link"] = parse_qs(said)
    app.switch_page("pages/passport.py").run()
    assert not failures(app)
    assert CUTS[said] in " ".join(texts(app))


def test_a_ratio_shows_both_sides_and_marks_them(sample_builds, monkeypatch):
    monkeypatch.setattr("pages.parts.counted_rows.may_load", lambda: True)
    _, shown = read(sample_builds, monkeypatch, metric="online_share")
    says = words("es")
    rows = says("page.passport.rows_of_edition", 47)
    assert says("page.passport.rows_of_ratio", rows=rows, above="28") in shown
    assert says("page.passport.row_side.both") in shown and says("page.passport.row_side.denominator") in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_says_what_decides_that_it_counts_and_all_of_them_are_downloaded(
    language, sample_builds, monkeypatch
):
    made = {}
    monkeypatch.setattr("pages.parts.counted_rows.may_load", lambda: True)
    monkeypatch.setattr("pages.parts.counted_rows.offer", lambda view, key, form, make: made.update({form: make}))
    _, shown = read(sample_builds, monkeypatch, lang=language, metric="missed_discounts")
    says = words(language)
    for told in ("state", "is_offered", "enrolled_on", "eligibility", "verdict", "file_name", "line"):
        assert says(f"page.passport.row.{told}") in shown
    assert says.value("verdict", "missed") in shown and says.value("eligibility", "eligible") in shown
    lines = made["csv"]().decode("utf-8-sig").split("\r\n\r\n")[1].strip().split("\r\n")
    assert len(lines) == 1 + 5
    assert made["xlsx"]().startswith(b"PK")


def test_a_span_of_time_holds_for_the_rows_too(sample_builds, monkeypatch):
    monkeypatch.setattr("pages.parts.counted_rows.may_load", lambda: True)
    _, all_of_them = read(sample_builds, monkeypatch, metric="enrolments")
    _, shown = read(sample_builds, monkeypatch, metric="enrolments", since="2025-10-06", until="2025-10-12")
    assert words("es")("page.passport.rows_of_enrolment", 103) in shown
    assert words("es")("page.passport.rows_of_enrolment", 1146) in all_of_them
