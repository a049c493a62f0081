"""Titles that carry their state in front: `ANULADO-Gestión del agua` is a cancelled edition of `Gestión del agua`."""

import duckdb
import pyarrow as pa

from etl.layout import fold

# As the systems write them, with all their letters; encodings lose some (`CANCEL?LAT-`), hands lose others.
STATES_IN_FRONT = {
    **dict.fromkeys(
        ("anulado", "anulada", "anullat", "anullada", "cancelado", "cancelada", "cancellat", "cancellada"), "cancelled"
    ),
    **dict.fromkeys(("aplazado", "aplazada", "ajornat", "ajornada"), "postponed"),
}
SEPARATORS = "-–—:)]"
LETTERS_THAT_MAY_BE_LOST = 2
LONGEST_PREFIX = 16  # "(CANCEL·LADA) - " with a sign or two to spare


def split_title(title: str) -> tuple[str, str | None]:
    """The title without the state in front of it, and that state; a title that is nothing else stays as it is."""
    ends = [at for at, sign in enumerate(title[:LONGEST_PREFIX]) if sign in SEPARATORS]
    for end in reversed(ends):
        state = read_state(title[:end])
        if state:
            return title[end:].lstrip(SEPARATORS + " \t\u00a0") or title, state
    first, _, rest = title.partition(" ")
    if first.isupper() and fold(first) in STATES_IN_FRONT and rest.strip():
        return rest.strip(), STATES_IN_FRONT[fold(first)]
    return title, None


def read_state(head: str) -> str | None:
    """The state that a word stands for, some of its letters lost or not."""
    letters = fold(head)
    for word, state in STATES_IN_FRONT.items():
        lost = len(word) - len(letters)
        if 0 <= lost <= LETTERS_THAT_MAY_BE_LOST and has_in_order(word, letters):
            return state
    return None


def has_in_order(word: str, letters: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def split_titles(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes the states out of the titles of parsed.catalogue; what either title says is title_says."""
    for column in ("title", "title_va"):
        query = f"select distinct {column} from parsed.catalogue where {column} is not null"
        split = {title: split_title(title) for (title,) in connection.execute(query).fetchall()}
        said = {title: parts for title, parts in split.items() if parts[1]}
        table = {
            "sent": pa.array(list(said), pa.string()),
            "bare": pa.array([bare for bare, _ in said.values()], pa.string()),
            "says": pa.array([says for _, says in said.values()], pa.string()),
        }
        connection.register("said", pa.table(table))
        connection.execute(
            f"update parsed.catalogue as c set {column} = said.bare, title_says = coalesce(c.title_says, said.says) "
            f"from said where said.sent = c.{column}"
        )
        connection.unregister("said")
