"""The answers of a snapshot: asked once, of one question each, and no more of them than fit."""

from datetime import date

from analytics import answers
from analytics.answers import Answers


class Database:
    """Answers with how often it was asked."""

    def __init__(self, rows: int = 1) -> None:
        self.asked, self.rows = 0, rows

    def __call__(self):
        self.asked += 1
        return ("number",), [(self.asked,)] * self.rows


def ask(kept: Answers, database: Database, **values: object) -> int:
    return kept.of("select $x", values, database)[1][0][0]


def test_the_same_question_is_asked_once_and_another_value_is_another_question():
    kept, database = Answers(), Database()
    days = [date(2026, 1, 1)]
    assert ask(kept, database, x=["Vera"], y=days) == ask(kept, database, y=list(days), x=["Vera"]) == 1
    assert ask(kept, database, x=["Gandia"], y=days) == 2
    assert [ask(kept, database, x=value) for value in (1, True, "1", 1)] == [3, 4, 5, 3]


def test_a_list_of_single_rows_is_not_kept():
    kept, database = Answers(), Database(rows=answers.MOST_ROWS + 1)
    assert [ask(kept, database), ask(kept, database)] == [1, 2]


def test_the_question_that_was_asked_longest_ago_is_forgotten(monkeypatch):
    monkeypatch.setattr(answers, "KEPT_ANSWERS", 2)
    kept, database = Answers(), Database()
    assert [ask(kept, database, x=value) for value in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 4]
