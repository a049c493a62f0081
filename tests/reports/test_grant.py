"""The settings of the grant: what is known has a source, what is not is pending in every language."""

from datetime import date

import pytest

from analytics.words import words
from reports.grant import GrantIsWrong, from_plain, load_grant


def test_what_was_not_found_is_pending_in_each_language():
    amount = load_grant().setting("grant_amount")
    assert amount.is_pending
    assert [amount.show(words(language)) for language in ("es", "va", "en")] == ["pendiente", "pendent", "pending"]


def test_no_euro_of_the_grant_is_ever_inferred():
    assert all(one.is_pending for one in load_grant().settings if one.unit == "EUR")


def test_everything_that_is_known_has_a_source():
    assert [one.key for one in load_grant().settings if not one.is_pending and not one.source] == []


def test_a_grant_survives_the_manifest():
    assert from_plain(load_grant().to_plain(), load_grant().plain_targets(), load_grant().version) == load_grant()


def test_a_setting_changes_the_hash():
    entries = load_grant().to_plain()
    entries["last_teaching_day"]["value"] = "2026-03-31"
    changed = from_plain(entries, load_grant().plain_targets())
    assert changed.value("last_teaching_day") == date(2026, 3, 31)
    assert changed.sha256 != load_grant().sha256


@pytest.mark.parametrize("entry", [
    {"unit": "choice", "value": "courses", "choices": ["credentials", "persons"]},
    {"unit": "day", "value": "31/03/2026"},
    {"unit": "EUR", "value": "a lot"},
    {"value": "no unit"},
])
def test_a_setting_that_cannot_be_read_is_named(entry):
    with pytest.raises(GrantIsWrong, match="of_the_grant"):
        from_plain({"of_the_grant": entry}, {})


def test_days_and_choices_are_words():
    grant = from_plain({
        "term": {"unit": "days", "value": 7}, "counts": {"unit": "choice", "value": "persons", "choices": ["persons"]},
        "lines": {"unit": "text", "value": ["A", "B"]}, "amount": {"unit": "EUR", "value": "1234.5"},
    }, {})
    shown = [one.show(words("es")) for one in grant.settings]
    assert shown == ["7 días", "personas", "A · B", "1.234,50\u202f€"]


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        load_grant().setting("nothing")
