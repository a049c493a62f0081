"""Accounting lines and the rows of the files are followed from one load to the next, also the rejected ones."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods import HalfYear
from reports.issued import issue
from reports.pack import make_pack
from reports.package import write_zip
from tests.etl.small_delivery import load_folder, write_delivery
from tests.reports.quick_writers import QUICK

PERIOD, THEN, NOW = HalfYear(2026, 1), date(2026, 1, 15), date(2026, 2, 15)
# More than the price.
REJECTED = {"IMPORTE_REDUCCION": "170,00"}
# Two lines of one account, told apart only by what they are budgeted.
LINE, OTHER = {"PAGADO": "100,00"}, {"PAGADO": "100,00", "PRESUPUESTADO": "2000,00"}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """{(key, column): what became of it} over two loads.

    Then: two enrolments, and one that is rejected; two accounting lines of 100 paid. Now: that one was mended,
    two others came that are rejected; of the first line 150 are paid, and there is a third of 30.
    """
    folder = tmp_path_factory.mktemp("followed")
    write_delivery(folder / "then", enrolments={"a": {}, "b": {}, "c": REJECTED}, funding={"one": LINE, "two": OTHER})
    write_delivery(
        folder / "now", enrolments={"a": {}, "b": {}, "c": {}, "d": REJECTED, "e": REJECTED},
        funding={"one": {"PAGADO": "150,00"}, "two": OTHER, "three": {"PAGADO": "30,00"}},
    )
    load_folder(folder / "then", folder / "builds")
    first = make_pack(folder / "builds", PERIOD, THEN, "es", "restricted", "provisional")
    issue(folder / "builds", write_zip(first, QUICK))
    load_folder(folder / "now", folder / "builds")
    pack = make_pack(folder / "builds", PERIOD, NOW, "es", "restricted", "borrador")
    return {(one.key, one.column): one for one in pack.changes}


@pytest.mark.parametrize(("column", "then", "now", "causes"), [
    # One edition, three enrolments and two lines; then two enrolments and a line more.
    ("rows_read", 6, 9, (3, 0, 0, 0)),
    ("rows_rejected", 1, 2, (2, 0, -1, 0)),
    ("rows_accepted", 5, 7, (1, 0, 1, 0)),
])
def test_rows_of_the_files_are_new_or_told_otherwise(found, column, then, now, causes):
    one = found["files/total", column]
    assert (one.then, one.now, one.causes) == (then, now, causes)


def test_what_is_left_out_and_counted_is_followed_with_them(found):
    rejected, counted = (found["reconciliation_count/applications", name] for name in ("rejected", "counted"))
    assert (rejected.then, rejected.now, rejected.causes) == (1, 2, (2, 0, -1, 0))
    assert (counted.then, counted.now, counted.causes) == (2, 3, (1, 0, 0, 0))


def test_an_amount_that_was_corrected_is_late_and_a_line_that_was_not_there_new(found):
    paid = found["lines_expense/total", "paid"]
    assert (paid.then, paid.now) == (Decimal("200.00"), Decimal("280.00"))
    assert paid.causes == (Decimal("30.00"), 0, Decimal("50.00"), 0)
