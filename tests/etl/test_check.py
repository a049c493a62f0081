"""The checks are one rule a file, and each says what it is about."""

import pytest

from etl.check import CHECKS_FOLDER, OUTCOMES_IN_ORDER, Check, load_checks
from etl.layout import load_layouts

LAYOUTS = {layout.export: layout for layout in load_layouts()}


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.rule)
def test_a_check_says_what_it_is_about(check: Check) -> None:
    assert check.outcome in OUTCOMES_IN_ORDER
    for export in check.exports:
        assert check.field in LAYOUTS[export].fields
    assert ("{export}" in check.sql) == (len(check.exports) > 1)


def test_every_file_is_a_check() -> None:
    assert len(load_checks()) == len(list(CHECKS_FOLDER.iterdir()))


def test_repairs_come_before_judgements() -> None:
    outcomes = [check.outcome for check in load_checks()]
    assert outcomes == sorted(outcomes, key=OUTCOMES_IN_ORDER.index)
