"""The digest: figures of a week worked out by hand, in an e-mail, in plain text and as a PDF, with nobody in it."""

import email
import io
import re
from datetime import date, datetime
from email.policy import default

import pytest
from pypdf import PdfReader

from analytics.words import LANGUAGES, words
from etl.builds import current_build
from reports.__main__ import main
from reports.digest import load_of_then, make_digest
from reports.digest_files import write_files, write_html, write_text
from tests.analytics.small_build import publish_small_build

SINCE, AS_OF = date(2026, 2, 8), date(2026, 2, 15)
ONLINE = {}
PRESENT = {"course_id": "100002", "delivery": "in_person", "delivery_group": "face_to_face"}
OLD, MIDDLE, NEW = (f"202602{day}T080000Z-0000000{place}" for place, day in enumerate(("02", "09", "16")))


def publish(folder, build_id, day, **tables):
    return publish_small_build(
        folder, build_id, exports=("catalogue", "enrolments"), built_at=datetime(2026, 2, day, 8), **tables
    )


@pytest.fixture
def builds(tmp_path):
    """A week ago two enrolments were known; since then one was found to be older, and one came in the week."""
    publish(tmp_path, MIDDLE, 9, edition=[ONLINE, PRESENT], enrolment=[{}, {}])
    publish(tmp_path, NEW, 16, edition=[ONLINE, PRESENT], enrolment=[{}, {}, {}, {"enrolled_on": date(2026, 2, 10)}])
    return tmp_path


def digest_of(builds, language="es"):
    return make_digest(builds, current_build(builds), AS_OF, SINCE, words(language))


def rows_of(digest, key):
    section = next(one for one in digest.sections if one.key == key)
    return {row[0]: row[1:] for block in section.blocks if hasattr(block, "table") for row in block.table.rows}


def test_what_changed_is_counted_on_one_load_at_both_days(builds):
    # Three of the four were enrolled by the 8th, all four by the 15th.
    assert rows_of(digest_of(builds), "changes")["Matrículas"] == ("3", "4", "+1")


def test_what_did_not_change_is_only_counted(builds):
    digest = digest_of(builds)
    # The editions offered are two at both.
    assert words("es").metric("editions_offered") not in rows_of(digest, "changes")
    assert "siguen igual" in write_text(digest)


def test_what_was_corrected_is_counted_at_one_day_on_both_loads(builds):
    # The load of the 9th knew two enrolments by the 8th, that of the 16th knows three.
    digest = digest_of(builds)
    assert rows_of(digest, "corrections")["Matrículas"] == ("2", "3", "+1")
    assert "La carga del 09-02-2026 daba, para el 08-02-2026, otras cifras" in " ".join(write_text(digest).split())


def test_the_load_to_compare_with_is_the_newest_that_is_old_enough(builds):
    current = current_build(builds)
    assert load_of_then(builds, current, 7).build_id == MIDDLE
    # None is ten days old: the oldest of an earlier day stands in.
    assert load_of_then(builds, current, 10).build_id == MIDDLE


def test_a_load_of_the_day_before_does_not_hide_the_one_of_a_week_before(tmp_path):
    for build_id, day in ((OLD, 2), (MIDDLE, 9), (NEW, 16)):
        publish(tmp_path, build_id, day, edition=[ONLINE], enrolment=[{}])
    current = current_build(tmp_path)
    assert load_of_then(tmp_path, current, 7).build_id == MIDDLE
    assert load_of_then(tmp_path, current, 8).build_id == OLD


def test_a_first_load_has_nothing_to_be_compared_with(tmp_path):
    publish(tmp_path, NEW, 16, edition=[ONLINE], enrolment=[{}])
    assert "No se conserva ninguna carga" in write_text(digest_of(tmp_path))


def test_commitments_at_risk_say_what_they_need(builds):
    risks = rows_of(digest_of(builds), "risks")
    # Half of two editions is online: ten points from the 60 % that was declared, within twice the tolerance of five.
    [online] = [row for name, row in risks.items() if name.endswith("de la oferta en línea")]
    assert [str(cell) for cell in online[:3]] == ["En\u00a0riesgo", "50,0\u202f%", "60,0\u202f%"]
    # 27 courses are left, and 135 days: 27 / (135 / 7) = 1.4 a week.
    [needs] = [row[3] for name, row in risks.items() if name.startswith("27 ")]
    assert needs == "1,4 por semana hasta el 30-06-2026"


def test_what_waits_says_how_many_cases_and_where(tmp_path):
    # Two courses are offered and one of them is endorsed.
    publish_small_build(
        tmp_path, NEW, exports=("catalogue", "endorsements"), edition=[ONLINE, PRESENT], endorsement=[{}]
    )
    matters = rows_of(digest_of(tmp_path), "matters")
    assert matters == {"Microcredenciales sin aval": (1, "", "Catálogo")}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "Resultado (1) · Certificado (2)"), ("va", "Resultat (1) · Certificat (2)"),
        ("en", "Result (1) · Certificate (2)"),
    ],
)
def test_what_presses_most_names_editions_and_their_deadlines_and_nobody(tmp_path, language, told):
    # Two passed or await their result in the one edition, and one passed in the other: three certificates by 30 June.
    late = {"result": "passed", "course_id": "100002"}
    publish(tmp_path, NEW, 16, edition=[ONLINE, PRESENT], enrolment=[{"result": "passed"}, {}, late])
    digest = digest_of(tmp_path, language)
    [(first, one), (second, other)] = rows_of(digest, "urgent").items()
    assert ("100001/1" in first, "100002/1" in second) == (True, True)
    assert (one[0], other[0]) == (date(2026, 6, 30),) * 2
    assert sorted(one[1].split(" · ")) == sorted(told.split(" · "))
    assert not re.search(r"enrolment-|person-", write_text(digest))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_status_stays_on_one_line_of_the_pdf(builds, language):
    document = write_files(digest_of(builds, language))[f"digest-2026-02-15-{language}.pdf"]
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    assert words(language)("status.at_risk") in text.replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_says_the_same_and_who_may_read_it(builds, language):
    files = write_files(digest_of(builds, language))
    by_end = {name.rsplit(".", 1)[1]: content for name, content in files.items()}
    document = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(by_end["pdf"])).pages)
    page = re.sub("<[^>]+>", " ", by_end["html"].decode())
    for text in (document, page, by_end["txt"].decode()):
        told = " ".join(text.replace("&#x27;", "'").split()).lower()
        assert " ".join(words(language)("digest.restricted").split()).lower() in told
        assert words(language)("digest.section_corrections").lower() in told


def test_nothing_comes_from_outside_and_nobody_is_in_it(builds):
    everything = b"".join(write_files(digest_of(builds)).values()).decode("latin-1")
    page = write_html(digest_of(builds))
    assert not re.search(r"https?://|src=|url\(|<link|<script|<style", page)
    assert "person-" not in everything and "teacher-" not in everything


def test_the_same_load_gives_the_same_bytes(builds):
    assert write_files(digest_of(builds)) == write_files(digest_of(builds))


def test_the_mail_can_be_sent_as_it_is(builds):
    files = write_files(digest_of(builds), "a@example.org", ["b@example.org", "c@example.org"])
    mail = email.message_from_bytes(files["digest-2026-02-15-es.eml"], policy=default)
    assert (mail["From"], mail["To"]) == ("a@example.org", "b@example.org, c@example.org")
    assert "08-02-2026" in mail["Subject"]
    assert mail.get_body(("plain",)).get_content().split() == files["digest-2026-02-15-es.txt"].decode().split()
    [document] = mail.iter_attachments()
    assert document.get_content() == files["digest-2026-02-15-es.pdf"]


def test_a_timer_hears_nothing_when_all_went_well(builds, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["digest", "--builds", str(builds), "--out", str(out), "--since", "2026-02-08"]) == 0
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in out.iterdir()) == [
        f"digest-2026-02-15-es.{end}" for end in ("eml", "html", "pdf", "txt")
    ]


def test_without_a_build_it_exits_1_and_says_why(tmp_path, capsys):
    assert main(["digest", "--builds", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "python -m etl" in capsys.readouterr().err


def test_days_that_make_no_span_are_wrong_usage(builds, tmp_path, capsys):
    assert main(["digest", "--builds", str(builds), "--out", str(tmp_path), "--since", "2026-02-15"]) == 2
    assert "--since" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["digest", "--builds", str(builds), "--out", str(tmp_path), "--days", "0"])
    assert left.value.code == 2
