"""Protected tables: small counts, what would give them away, their rates and their money."""

from decimal import Decimal

from analytics.privacy import Near, Published, Symbol, adds_up
from analytics.protected_tables import Counted, protect_table, protect_tables, show_protected
from analytics.table import Column, Table
from analytics.words import words

SMALL, HIDDEN = Symbol.SMALL, Symbol.HIDDEN


def funnel(*rows: tuple, **more) -> Counted:
    """Courses with entries, those who passed, and the share that is."""
    heads = (Column("Course"), Column("Entries", "count"), Column("Passed", "count"), Column("Rate", "share"))
    columns, rates = {1: "entries", 2: "passed"}, {3: ("entries", "passed")}
    return Counted(Table(heads, list(rows)), [row[0] for row in rows], columns, rates=rates, **more)


def test_a_table_without_small_counts_stays_as_it_is():
    counted = funnel(
        ("A", 20, 10, Decimal("0.5")), ("B", 30, 30, Decimal(1)), ("all", 50, 40, Decimal("0.8")), has_total=True,
    )
    assert protect_table(counted) == counted.table


def test_the_total_row_does_not_give_a_small_count_away():
    # 3 of 63: B or C has to go too, and the smaller says less.
    none = 0, Decimal(0)
    counted = funnel(("A", 3, *none), ("B", 20, *none), ("C", 40, *none), ("all", 63, *none), has_total=True)
    assert [row[1] for row in protect_table(counted).rows] == [SMALL, HIDDEN, 40, 63]


def test_a_rate_goes_with_its_counts_and_below_ten_people():
    # 9 people are too few for a rate; 3 of 30 passed is 10 %, and 30 × 10 % = 3.
    counted = funnel(
        ("A", 9, 9, Decimal(1)), ("B", 30, 3, Decimal("0.1")), ("C", 10, 5, Decimal("0.5")), ("D", 0, 0, None),
    )
    assert [row[3] for row in protect_table(counted).rows] == [HIDDEN, HIDDEN, Decimal("0.5"), None]


def test_who_has_not_passed_is_guarded_too():
    # 20 entered and 18 passed: 2 did not.
    counted = funnel(("A", 20, 18, Decimal("0.9")), parts=[("entries", ["passed"])])
    [row] = protect_table(counted).rows
    assert HIDDEN in row[1:3]
    assert row[3] == HIDDEN


def test_unknown_counts_stay_unknown():
    counted = funnel(("A", None, None, None), ("B", 3, 0, Decimal(0)), ("all", 3, 0, Decimal(0)), has_total=True)
    assert protect_table(counted).rows[0] == ("A", None, None, None)


def test_a_total_of_persons_that_is_less_than_its_parts_still_bounds_them():
    # 6 and 8 entries of 12 persons: two came twice, which gives nobody away.
    counted = funnel(("A", 6, 0, Decimal(0)), ("B", 8, 0, Decimal(0)), ("persons", 12, 0, Decimal(0)), has_total=True)
    assert [row[1] for row in protect_table(counted).rows] == [6, 8, 12]


def test_tables_that_share_a_count_are_protected_together():
    # The 12 men of the first table are the "men" of the second.
    genders = Table((Column("Gender"), Column("People", "count")), [("women", 3), ("men", 12), ("all", 15)])
    again = Table((Column("Gender"), Column("Digital", "count")), [("men", 12)])
    besides = Published({}, [adds_up("first-men.people", ["second-men.people"])], weights={"first-all.people": 99})
    (first, second), shown = protect_tables([
        Counted(genders, ["first-women", "first-men", "first-all"], {1: "people"}, has_total=True),
        Counted(again, ["second-men"], {1: "people"}),
    ], besides)
    assert [row[1] for row in first.rows] == [SMALL, HIDDEN, 15]
    assert second.rows == [("men", HIDDEN)]
    assert shown["second-men.people"] == HIDDEN


def test_money_goes_with_its_count_and_its_total_is_rounded():
    # 3 paid 200.00 each and 12 paid 150.50 each: 600 + 1,806 = 2,406.00. With 90 more who paid 100.00: 11,406.00.
    heads = (Column("Course"), Column("Entries", "count"), Column("Paid", "EUR"))
    rows = [
        ("A", 3, Decimal("600.00")), ("B", 12, Decimal("1806.00")), ("C", 90, Decimal("9000.00")), ("D", 0, Decimal(0)),
        ("all", 105, Decimal("11406.00")),
    ]
    counted = Counted(Table(heads, rows), "ABCDZ", {1: "entries"}, has_total=True, amounts={2: ("paid", "entries")})
    assert protect_table(counted).rows == [
        ("A", SMALL, HIDDEN), ("B", HIDDEN, HIDDEN), ("C", 90, Decimal("9000.00")), ("D", 0, Decimal(0)),
        ("all", 105, Near(11_000_00, 1_000_00)),
    ]


def test_symbols_and_rounded_sums_are_read_in_any_column():
    count, euros = Column("Entries", "count"), Column("Paid", "EUR")
    assert show_protected(words("en"), count, SMALL) == "<5"
    assert show_protected(words("es"), euros, HIDDEN) == "·"
    assert show_protected(words("en"), euros, Near(11_000_00, 1_000_00)).startswith("≈ ")
    assert show_protected(words("en"), count, 1584) == "1,584"
