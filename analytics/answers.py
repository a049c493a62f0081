"""What a snapshot was asked lately and what it answered: its tables never change, so neither do its answers."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock

# A change of filter on the page that asks most is about 30 questions.
KEPT_ANSWERS = 300
# A list of single rows is asked for once; of a million enrolments it would fill the memory.
MOST_ROWS = 1_000

# The names of the columns, then the rows.
Rows = tuple[tuple[str, ...], list[tuple]]


class Answers:
    """The answers to the newest questions, for several threads at once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple, Rows] = OrderedDict()
        self._lock = Lock()

    def of(self, sql: str, values: Mapping[str, object], ask: Callable[[], Rows]) -> Rows:
        """The answer kept for a query and its values, or the one that `ask` gives."""
        question = (sql, *((name, _fix(value)) for name, value in sorted(values.items())))
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
        found = ask()
        if len(found[1]) <= MOST_ROWS:
            self._keep(question, found)
        return found

    def _keep(self, question: tuple, found: Rows) -> None:
        with self._lock:
            self._kept[question] = found
            while len(self._kept) > KEPT_ANSWERS:
                self._kept.popitem(last=False)


def _fix(value: object) -> object:
    return tuple(_fix(part) for part in value) if isinstance(value, list | tuple) else (type(value), value)
